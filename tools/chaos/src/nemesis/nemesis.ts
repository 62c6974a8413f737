// Lets faults happen, one after the other with pauses, every kind once before any comes again.
import type { FaultRow } from "../evidence/rows.js";
import { sleep } from "../wait.js";
import { faults, type FaultKind, type Target } from "./faults.js";

export interface NemesisOptions extends Target {
  readonly kinds: readonly FaultKind[];
  readonly minPauseMs: number;
  readonly maxPauseMs: number;
  /** No new fault from here on; those under way take their course. */
  readonly over: AbortSignal;
}

const patienceMs = 20_000;

/** Goes on until it is over, or the signal aborts. */
export async function torment(options: NemesisOptions): Promise<readonly FaultRow[]> {
  const { kinds, random, minPauseMs, maxPauseMs } = options;
  const signal = AbortSignal.any([options.over, options.signal]);
  const done: FaultRow[] = [];
  const running = new Set<Promise<void>>();
  let deck: FaultKind[] = [];
  while (!signal.aborted) {
    // A platform that is still coming back cannot be surprised: mostly it is waited for, and sometimes it is not.
    if (random.chance(0.6)) await options.fleet.ready(signal, patienceMs);
    await sleep(random.int(minPauseMs, maxPauseMs), signal);
    if (signal.aborted) break;
    if (deck.length === 0) deck = random.shuffled(kinds);
    const what = deck.pop();
    if (what === undefined) continue;
    const at = Date.now();
    const fault = faults[what](options)
      .then((met) => {
        if (met === undefined) return;
        done.push({ at, until: Date.now(), what, ...met });
      })
      // A statement to a server that is just being killed; the kill itself is recorded.
      .catch(() => undefined)
      .finally(() => running.delete(fault));
    running.add(fault);
    // The database comes back before anything else happens; a paused process is paused meanwhile.
    if (what.endsWith("postgres")) await fault;
  }
  await Promise.all(running);
  return done.sort((left, right) => left.at - right.at);
}
