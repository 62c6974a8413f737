// A digest of a table that does not depend on the order of its rows and can be taken row by row: the sum of the rows'
// digests, in buckets of the key, so that a difference is found without keeping the rows.
import { createHash } from "node:crypto";
import type { SnapshotTable } from "@wedsync/adapter-postgres/log-snapshot";
import type { Row } from "@wedsync/event-log";

export const buckets = 4_096;

/** The bucket of a UUID key. */
export const bucketOf = (key: string): number => Number.parseInt(key.slice(0, 3), 16) % buckets;

export const rowText = (table: SnapshotTable, row: Row): string =>
  JSON.stringify(Object.keys(table.columns).map((column) => row[column] ?? null));

export class RowDigest {
  readonly #table: SnapshotTable;
  /** Two sums a bucket, modulo 2^32 each: 64 bits together. */
  readonly #sums = new Uint32Array(buckets * 2);
  rows = 0;

  constructor(table: SnapshotTable) {
    this.#table = table;
  }

  add(key: string, row: Row): void {
    const digest = createHash("sha256").update(rowText(this.#table, row)).digest();
    const at = bucketOf(key) * 2;
    this.#sums[at] = (this.#sums[at] ?? 0) + digest.readUInt32LE(0);
    this.#sums[at + 1] = (this.#sums[at + 1] ?? 0) + digest.readUInt32LE(4);
    this.rows += 1;
  }

  /** Buckets whose digests differ. */
  differing(other: RowDigest): ReadonlySet<number> {
    const found = new Set<number>();
    for (let at = 0; at < buckets * 2; at += 1) if (this.#sums[at] !== other.#sums[at]) found.add(at >> 1);
    return found;
  }

  /** The whole as text. */
  text(): string {
    return createHash("sha256").update(this.#sums).digest("hex").slice(0, 16);
  }
}
