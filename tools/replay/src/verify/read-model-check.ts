// Rebuilds one read model up to its own checkpoint and compares it with the live one. Rows that can still change are kept;
// finished ones only as part of a digest a key range. Where a range differs, a second pass names the rows.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import type { ParkedStream, RecordedEvent, Row } from "@wedsync/event-log";
import { Check } from "./finding.js";
import { nameDifference } from "./inline-tables.js";
import type { VerifiableReadModel } from "./read-model.js";
import { bucketOf, RowDigest } from "./row-digest.js";

export class ReadModelCheck {
  readonly #model: VerifiableReadModel;
  readonly #check: Check;
  readonly #until: bigint;
  readonly #parked: ReadonlyMap<string, bigint>;
  readonly #open = new Map<string, Row>();
  readonly #digest: RowDigest;

  constructor(model: VerifiableReadModel, until: bigint, parked: readonly ParkedStream[]) {
    this.#model = model;
    this.#until = until;
    this.#parked = new Map(parked.map(({ stream, position }) => [stream, position]));
    this.#digest = new RowDigest(model.table);
    this.#check = new Check(model.table.name);
  }

  see(event: RecordedEvent): void {
    if (!this.#counts(event)) return;
    const change = this.#model.changeOf(event);
    if (change === undefined) return;
    const key = this.#model.keyOf(change);
    const before = this.#open.get(key);
    const row = this.#model.rowAfter(before, change);
    if (row === undefined || row === before) return;
    if (this.#model.isFinal(row)) {
      this.#open.delete(key);
      this.#digest.add(key, row);
    } else this.#open.set(key, row);
  }

  async compare(snapshot: LogSnapshot): Promise<Check> {
    for (const [key, row] of this.#open) this.#digest.add(key, row);
    const { table } = this.#model;
    const live = new RowDigest(table);
    for await (const rows of snapshot.rows(table)) for (const row of rows) live.add(String(row[table.key]), row);
    const differing = this.#digest.differing(live);
    if (differing.size > 0) await this.#name(snapshot, differing);
    const parked = this.#parked.size === 0 ? "" : `, ${this.#parked.size} parked`;
    this.#check.summary = `${live.rows} live rows, ${this.#digest.rows} from the log up to position ${this.#until}${parked}`;
    return this.#check;
  }

  #counts(event: RecordedEvent): boolean {
    if (event.position > this.#until || !this.#model.types.has(event.type)) return false;
    const parkedAt = this.#parked.get(event.stream);
    return parkedAt === undefined || event.position < parkedAt;
  }

  /** Folds the differing ranges again, this time keeping their rows. */
  async #name(snapshot: LogSnapshot, differing: ReadonlySet<number>): Promise<void> {
    const { table } = this.#model;
    const some = new Set([...differing].slice(0, 16));
    const rows = new Map<string, Row>();
    for await (const events of snapshot.events({ until: this.#until, types: [...this.#model.types] })) {
      for (const event of events) {
        const change = this.#counts(event) ? this.#model.changeOf(event) : undefined;
        if (change === undefined) continue;
        const key = this.#model.keyOf(change);
        if (!some.has(bucketOf(key))) continue;
        const row = this.#model.rowAfter(rows.get(key), change);
        if (row !== undefined) rows.set(key, row);
      }
    }
    for await (const page of snapshot.rows(table)) {
      for (const row of page) {
        const key = String(row[table.key]);
        if (!some.has(bucketOf(key))) continue;
        const wanted = rows.get(key);
        rows.delete(key);
        if (wanted === undefined)
          this.#check.add("row_extra", `${table.name} ${key}: the row is there, the log knows of none.`);
        else nameDifference(this.#check, table, key, row, wanted);
      }
    }
    for (const key of rows.keys()) this.#check.add("row_missing", `${table.name} ${key}: the row is missing.`);
    if (differing.size > some.size)
      this.#check.add("more_ranges", `${table.name}: ${differing.size - some.size} further key ranges differ.`);
    // Digests differ and rows do not: an event changed a row after its end.
    if (this.#check.ok) this.#check.add("changed_after_end", `${table.name}: an event changed a row after its end.`);
  }
}
