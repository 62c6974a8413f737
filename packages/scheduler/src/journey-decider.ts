// A vendor's template of steps. Editing it makes a new version; what was accepted under an older one stays as it is.
import { accept, type Decider } from "@wedsync/event-log";
import type { JourneyEvent, Sealed } from "@wedsync/contracts/scheduler";

export type JourneyStepDefinition = JourneyEvent["data"]["steps"][number];

export interface JourneyState {
  readonly version: number;
  readonly journeyId: string;
  readonly steps: readonly JourneyStepDefinition[];
  readonly sealed?: Sealed;
  readonly digest: string;
}

export interface JourneyCommand {
  readonly kind: "define";
  readonly journeyId: string;
  readonly steps: readonly JourneyStepDefinition[];
  readonly sealed: Sealed;
  /** Of steps and configs; the same content again changes nothing. */
  readonly digest: string;
}

export const journeyDecider: Decider<JourneyState, JourneyCommand, JourneyEvent, never> = {
  initialState: { version: 0, journeyId: "", steps: [], digest: "" },
  decide: ({ journeyId, steps, sealed, digest }, state) => {
    if (state.version > 0 && state.digest === digest) return accept();
    return accept<JourneyEvent>({
      type: "JourneyDefined",
      data: { journeyId, version: state.version + 1, steps: [...steps], sealed, digest },
    });
  },
  evolve: (_state, event) => event.data,
  isTerminal: () => false,
};
