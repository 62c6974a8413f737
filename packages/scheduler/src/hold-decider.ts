// A scope that people hold: one stream a scope.
import { accept, refuse, type Decider } from "@wedsync/event-log";
import type { DispatchEvent } from "@wedsync/contracts/scheduler";
import { parseScope } from "./scopes.js";

export type HoldEvent = Extract<DispatchEvent, { readonly type: "ScopePaused" | "ScopeResumed" }>;

export interface HoldState {
  readonly paused: boolean;
}

export type HoldCommand =
  | { readonly kind: "pause"; readonly scope: string; readonly cause: string }
  | { readonly kind: "resume"; readonly scope: string };

export interface HoldRefusal {
  readonly code: "scope_invalid";
  readonly message: string;
}

export const holdDecider: Decider<HoldState, HoldCommand, HoldEvent, HoldRefusal> = {
  initialState: { paused: false },
  decide: (command, state) => {
    const { scope } = command;
    if (parseScope(scope) === undefined) {
      return refuse({
        code: "scope_invalid",
        message: "A scope is platform, vendor:ID, wedding:VENDOR/ID, module:TYPE, market:ID or tier:TIER.",
      });
    }
    if (command.kind === "pause") {
      return state.paused
        ? accept()
        : accept<HoldEvent>({ type: "ScopePaused", data: { scope, cause: command.cause } });
    }
    return state.paused ? accept<HoldEvent>({ type: "ScopeResumed", data: { scope } }) : accept();
  },
  evolve: (_state, event) => ({ paused: event.type === "ScopePaused" }),
  isTerminal: () => false,
};
