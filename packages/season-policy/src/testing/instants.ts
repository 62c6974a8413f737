// Instants as people write them, for specs.
import { Temporal } from "temporal-polyfill";

/** "2027-03-26T17:00Z" as epoch milliseconds. */
export const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

/** Epoch milliseconds as "2027-03-26T17:00:00Z". */
export const iso = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString();
