// What can be asked of an execution. Time, randomness and policies are part of the command.
import type { Sealed, When, Work } from "@wedsync/contracts/scheduler";
import type { RetryPolicy } from "./retry.js";

/** How an attempt ended, as the provider could tell. */
export type AttemptOutcome =
  | { readonly kind: "accepted"; readonly receipt?: string }
  | { readonly kind: "rejected"; readonly code: string; readonly retryable: boolean }
  /** Ended before the effect could begin: nothing was sent. */
  | { readonly kind: "not_sent"; readonly code: string }
  | { readonly kind: "unknown"; readonly code: string };

export interface JourneyStep {
  readonly journeyId: string;
  readonly step: string;
  readonly version: number;
}

export type ExecutionCommand =
  | {
      readonly kind: "request";
      readonly work: Work;
      readonly when: When;
      readonly bodyDigest: string;
      readonly timeZoneData: string;
      readonly sealed: Sealed;
      readonly journey?: JourneyStep;
      readonly now: number;
    }
  | {
      readonly kind: "start";
      readonly handover: string;
      readonly worker: string;
      readonly now: number;
      readonly policyVersion: number;
      readonly timeZoneData: string;
    }
  | {
      readonly kind: "begin_effect";
      readonly attempt: number;
      readonly provider: string;
      readonly worker: string;
      readonly handover: string;
    }
  | {
      readonly kind: "report_outcome";
      readonly attempt: number;
      readonly worker: string;
      readonly provider: string;
      readonly outcome: AttemptOutcome;
      readonly now: number;
      readonly random: number;
      readonly retry: RetryPolicy;
    }
  | {
      readonly kind: "lose_attempt";
      readonly attempt: number;
      readonly worker: string;
      readonly now: number;
      readonly random: number;
      readonly retry: RetryPolicy;
    }
  | { readonly kind: "cancel"; readonly cause: string }
  | { readonly kind: "reschedule"; readonly work: Work; readonly cause: string }
  | { readonly kind: "release"; readonly now: number }
  | { readonly kind: "redrive"; readonly now: number }
  | {
      readonly kind: "settle";
      readonly outcome: "delivered" | "not-delivered" | "retry";
      readonly evidence: Sealed;
      readonly now: number;
    };

export type ExecutionRefusal =
  | { readonly code: "execution_unknown"; readonly message: string }
  | { readonly code: "idempotency_key_reused"; readonly message: string }
  | { readonly code: "already_final"; readonly message: string; readonly phase: string }
  | { readonly code: "not_startable"; readonly message: string; readonly phase: string }
  | { readonly code: "not_running"; readonly message: string }
  | { readonly code: "not_held"; readonly message: string; readonly phase: string }
  | { readonly code: "not_redrivable"; readonly message: string; readonly phase: string }
  | { readonly code: "not_uncertain"; readonly message: string; readonly phase: string };
