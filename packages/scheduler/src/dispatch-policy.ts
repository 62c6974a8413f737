// The policy that decides order, as complete data, and its life: one stream, the newest version is in force.
import { accept, refuse, type Decider } from "@wedsync/event-log";
import type { DispatchEvent, DispatchPolicy } from "@wedsync/contracts/scheduler";

/** The policy of a log that names none yet. */
export const defaultDispatchPolicy: DispatchPolicy = {
  version: 1,
  tiers: { highDaysBefore: 7, criticalDaysBefore: 1, criticalUntilHour: 6 },
  lowGuarantee: 0.05,
  criticalReserve: 0.2,
  vendorWeights: {},
};

export type DispatchPolicyEvent = Extract<DispatchEvent, { readonly type: "DispatchPolicyActivated" }>;

export interface DispatchPolicyState {
  readonly policy?: DispatchPolicy;
}

export type DispatchPolicyCommand =
  /** Puts a policy in force where there is none. */
  | { readonly kind: "seed"; readonly policy: DispatchPolicy }
  /** Puts a policy in force; its version is higher than any before. */
  | { readonly kind: "activate"; readonly policy: DispatchPolicy };

export interface DispatchPolicyRefusal {
  readonly code: "policy_version_used";
  readonly message: string;
  /** The version in force. */
  readonly version: number;
}

export const dispatchPolicyDecider: Decider<
  DispatchPolicyState,
  DispatchPolicyCommand,
  DispatchPolicyEvent,
  DispatchPolicyRefusal
> = {
  initialState: {},
  decide: ({ kind, policy }, { policy: active }) => {
    if (active !== undefined) {
      if (kind === "seed" || text(active) === text(policy)) return accept();
      if (policy.version <= active.version) {
        const message = `Version ${policy.version} was used; the policy in force has version ${active.version}. Number yours higher.`;
        return refuse({ code: "policy_version_used", message, version: active.version });
      }
    }
    return accept<DispatchPolicyEvent>({ type: "DispatchPolicyActivated", data: { policy } });
  },
  evolve: (_state, event) => ({ policy: event.data.policy }),
  isTerminal: () => false,
};

/** The policy as text, whatever the order of its fields: a database may store an object's keys in its own order. */
function text(policy: DispatchPolicy): string {
  const { version, tiers, lowGuarantee, criticalReserve, vendorWeights } = policy;
  const weights = Object.entries(vendorWeights).toSorted(([left], [right]) => (left < right ? -1 : 1));
  const days = [tiers.highDaysBefore, tiers.criticalDaysBefore, tiers.criticalUntilHour];
  return JSON.stringify([version, days, lowGuarantee, criticalReserve, weights]);
}
