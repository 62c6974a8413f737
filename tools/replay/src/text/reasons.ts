// Reason codes as sentences, in one place. A code that is not here is shown as it is.
import type { Reason } from "@wedsync/contracts/scheduler";
import { local } from "./plain.js";

/** @param at tells an instant of the parameters */
type Sentence = (params: Readonly<Record<string, unknown>>, at: (value: unknown) => string) => string;

/** Parameters may be missing: a reason is data, and its code alone has to do then. */
const nth = (attempt: unknown): string => (attempt === undefined ? "an attempt" : `attempt ${String(attempt)}`);

const sentences: Readonly<Record<string, Sentence>> = {
  // Why a tier.
  event_day_near: ({ changesAt }, at) => `the wedding is a day away or under way (critical until ${at(changesAt)})`,
  event_week: ({ changesAt }, at) => `the wedding's week has begun (high until ${at(changesAt)}, then critical)`,
  module_default: () => "the module's own tier applies: the wedding's days do not raise it",
  after_event: () => "the wedding is over, so the module's own tier applies again",
  // Why chosen.
  critical_reserve: () => "it is critical, and a slot kept for critical work was free",
  critical_first: () => "it is critical, and critical work goes before all other",
  tier_order: () => "it was its turn: no more urgent work was waiting for the free slots",
  low_guarantee: () => "low work was owed a start from the share that is guaranteed to it",
  // Why not run, not yet, or not again.
  due_before_acceptance: () => "its moment had already passed when it was accepted",
  late: ({ deadline }, at) => `its deadline ${at(deadline)} had passed`,
  expired: ({ expiresAt }, at) => `it could no longer start after ${at(expiresAt)}`,
  backoff: ({ attempt }) => `${nth(attempt)} failed; the next one waits a while`,
  worker_lost: ({ attempt }) => `the worker of ${nth(attempt)} fell silent before anything was sent`,
  worker_lost_mid_effect: () =>
    "the worker fell silent while it may have been sending: nobody knows whether it was sent",
  retries_exhausted: ({ attempts }) =>
    `all ${attempts === undefined ? "" : `${String(attempts)} `}attempts were used up`,
  quarantined: ({ lost }) =>
    `${lost === undefined ? "several" : String(lost)} workers fell silent on it, so it is kept away from others`,
  rejected: ({ code }) => `the provider refused it for good${code === undefined ? "" : ` (${String(code)})`}`,
  not_delivered: () => "a person found that it had not been delivered",
  // Causes.
  requested: () => "somebody asked for it",
  outage: () => "the platform had been down for a long time",
  wedding_moved: () => "the wedding moved",
  wedding_cancelled: () => "the wedding was cancelled",
};

/** Codes that have a sentence. */
export const knownReasons: readonly string[] = Object.keys(sentences);

/**
 * A reason as the rest of a sentence that begins with "because".
 * @param zone in which its instants are told
 */
export function reasonText(reason: string | Reason, zone = "UTC"): string {
  const { code, params = {} } = typeof reason === "string" ? { code: reason, params: {} } : reason;
  const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  const at = (value: unknown): string => (typeof value === "number" ? local(value, zone) : "an unknown time");
  return sentence === undefined ? code.replaceAll("_", " ") : sentence(params, at);
}
