// The policy in force. A stream for each policy name; every activation carries the complete data.
import type { PolicyEvent, SeasonPolicy } from "@wedsync/contracts/season-policy";
import { accept, refuse, type Decider } from "@wedsync/event-log";
import { digestOf } from "./digest.js";
import type { Issue } from "./issues.js";
import { parsePolicy } from "./policy.js";

export interface PolicyState {
  readonly policy?: SeasonPolicy;
}

/** Puts a policy in force; the same one again changes nothing. */
export interface PolicyCommand {
  readonly kind: "activate";
  /** As it came: it is checked here. */
  readonly policy: unknown;
}

export type PolicyRefusal =
  | { readonly code: "policy_invalid"; readonly message: string; readonly issues: readonly Issue[] }
  | { readonly code: "name_mismatch"; readonly message: string }
  | { readonly code: "version_not_newer"; readonly message: string; readonly version: number };

export const policyDecider: Decider<PolicyState, PolicyCommand, PolicyEvent, PolicyRefusal> = {
  initialState: {},
  decide: (command, state) => {
    const checked = parsePolicy(command.policy);
    if (!checked.ok) {
      const message = "The policy is not valid; each issue names its place and rule.";
      return refuse({ code: "policy_invalid", message, issues: checked.issues });
    }
    const { policy } = checked;
    const known = state.policy;
    if (known !== undefined && known.name !== policy.name) {
      const message = `This stream holds the policy ${known.name}; activate the other one under its own name.`;
      return refuse({ code: "name_mismatch", message });
    }
    if (known !== undefined && digestOf(known) === digestOf(policy)) return accept<PolicyEvent>();
    if (known !== undefined && policy.version <= known.version) {
      const { version } = known;
      const message = `Version ${version} is in force; give the changed policy version ${version + 1} or higher.`;
      return refuse({ code: "version_not_newer", message, version });
    }
    return accept<PolicyEvent>({ type: "SeasonPolicyActivated", data: { policy } });
  },
  evolve: (_state, event) => ({ policy: event.data.policy }),
  isTerminal: () => false,
};
