// A wedding's stream: where it is, how it is read and written, and what the scheduler takes from it.
import { createCodec } from "@wedsync/contracts";
import { weddingEvents } from "@wedsync/contracts/scheduler";
import { handleCommand, loadState, type LoadedState } from "@wedsync/event-log";
import type { WeddingFacts } from "./plan-work.js";
import { timed, type CallMeta, type SchedulerOptions } from "./scheduler-options.js";
import { weddingDecider, type WeddingCommand, type WeddingRefusal, type WeddingState } from "./wedding-decider.js";
import { toWritten, type Written } from "./written.js";

const codec = createCodec(weddingEvents);

export const weddingStreamOf = ({ ids }: SchedulerOptions, vendor: string, wedding: string): string =>
  ids.stream("wedding", vendor, wedding);

export async function loadWeddingStream(
  { log }: Pick<SchedulerOptions, "log">,
  stream: string,
): Promise<LoadedState<WeddingState>> {
  return await loadState(log, codec, weddingDecider, "wedding", stream);
}

/** Where a wedding command comes from. */
export interface WeddingCall {
  readonly vendor: string;
  readonly wedding: string;
  readonly meta: CallMeta;
  /** Part of a bulk: it gives way to single calls. */
  readonly bulk: boolean;
}

export async function runWedding(
  options: SchedulerOptions,
  command: WeddingCommand,
  { vendor, wedding, meta, bulk }: WeddingCall,
): Promise<Written<WeddingState, WeddingRefusal>> {
  return toWritten(
    await handleCommand(weddingDecider, command, {
      log: options.log,
      codec,
      category: "wedding",
      stream: weddingStreamOf(options, vendor, wedding),
      class: bulk ? "bulk" : "control",
      meta: timed(options, { ...meta, vendor }),
      newId: options.ids.event,
      // A file that names one wedding many times is imported many rows at once; each round one of them gets through.
      attempts: 50,
    }),
  );
}

export function weddingFacts(
  options: SchedulerOptions,
  vendor: string,
  wedding: string,
  state: WeddingState,
): WeddingFacts {
  return {
    vendor,
    wedding,
    weddingStream: weddingStreamOf(options, vendor, wedding),
    market: state.market,
    schedule: state.schedule,
    scheduleVersion: state.scheduleVersion,
  };
}
