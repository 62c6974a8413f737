// What ring 3 is bound to, and what its parts share.
import type { Clock, EventLog, Metadata } from "@wedsync/event-log";

/** Who asks; the time is put in. */
export type CallMeta = Omit<Metadata, "time">;

export interface SchedulerOptions {
  readonly log: Pick<EventLog, "append" | "appendTogether" | "readStream">;
  readonly clock: Clock;
  readonly ids: {
    event(): string;
    stream(category: string, ...names: readonly string[]): string;
  };
  /** Local hour until which work stays critical after the last day; see `DispatchPolicy`. */
  readonly criticalUntilHour: number;
  /** Version of the time-zone tables of this runtime; recorded, because another runtime may resolve other instants. */
  readonly timeZoneData: string;
  /** Tier days of a module version, for work that is moved. */
  readonly tierDays: (
    moduleType: string,
    version: number,
  ) => { readonly highDaysBefore: number; readonly criticalDaysBefore: number };
  /** Metadata of what the platform does by itself. */
  readonly systemMeta: CallMeta;
}

/** The caller's metadata at the log's present time. */
export const timed = ({ clock }: Pick<SchedulerOptions, "clock">, meta: CallMeta): Metadata => ({
  ...meta,
  time: clock.now(),
});
