// Self-healing of the rows beside the log: the leader goes round them page by page, folds the streams of those that do not fit and
// of a sample of the others, and restores by an event what is not what the log says. A platform of a few thousand executions is
// looked at whole every few seconds; of a larger one a missing or invented row is found in proportion to its size.
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents } from "@wedsync/contracts/scheduler";
import { guardTable, type Clock, type LeaderToken, type Metadata, type Row } from "@wedsync/event-log";
import type { IndexReader, PostgresLog } from "@wedsync/adapter-postgres";
import type { Logger } from "@wedsync/adapter-process";
import {
  attentionTable,
  driftOf,
  indexCategory,
  openAttemptTable,
  pendingTable,
  rowsOfStream,
  type RowDrift,
  type RowKey,
} from "@wedsync/scheduler";
import { firstStream, type IndexPage, type IndexPages } from "../read-models/index-pages.js";

const codec = createCodec(dispatchEvents);
const tables = { pending: pendingTable, open_attempt: openAttemptTable, attention: attentionTable, guard: guardTable };
/** Streams of each kind a look goes on by, and how many of a look are folded. */
const pageSize = 2_000;
const foldedOfKind = 400;
/** Streams that are read and folded without a pause: some milliseconds of the event loop. */
const sliceSize = 100;

export interface IndexWatchOptions {
  readonly log: PostgresLog;
  readonly index: IndexReader;
  readonly pages: IndexPages;
  readonly clock: Clock;
  readonly ids: { event(): string };
  readonly meta: () => Omit<Metadata, "time">;
  readonly leader: () => LeaderToken | undefined;
  /** In [0, 1): which part of a page is looked at. */
  readonly random: () => number;
  readonly logger: Logger;
}

/** A stream to be looked at. */
interface Stream {
  readonly category: "execution" | "wedding" | "hold";
  readonly stream: string;
}

interface Suspicion extends Stream {
  /** The differences and the length of the stream: the same again a look later is no race. */
  readonly evidence: string;
}

type Kind = "listed" | "pending" | "weddings";

export class IndexWatch {
  readonly #options: IndexWatchOptions;
  readonly #after: Record<Kind, string> = { listed: firstStream, pending: firstStream, weddings: firstStream };
  #suspicions = new Map<string, Suspicion>();

  constructor(options: IndexWatchOptions) {
    this.#options = options;
  }

  /** Looks at the next pages, and restores what was found by the last look and is still so. Returns how many rows. */
  async look(): Promise<number> {
    const before = this.#suspicions;
    this.#suspicions = new Map();
    const streams = new Map<string, Stream>([...before.values()].map((each) => [each.stream, each]));
    for (const kind of ["listed", "pending", "weddings"] as const)
      for (const each of await this.#next(kind)) streams.set(each.stream, each);
    for (const stream of await this.#options.index.streamsOf("hold")) streams.set(stream, { category: "hold", stream });
    let restored = 0;
    const all = [...streams.values()];
    for (let at = 0; at < all.length; at += sliceSize)
      restored += await this.#compare(all.slice(at, at + sliceSize), before);
    return restored;
  }

  async #next(kind: Kind): Promise<readonly Stream[]> {
    const page = await this.#options.pages[kind](this.#after[kind], pageSize);
    this.#after[kind] = page.next ?? firstStream;
    const category = kind === "weddings" ? "wedding" : "execution";
    return chosen(page, this.#options.random()).map((stream) => ({ category, stream }));
  }

  async #compare(streams: readonly Stream[], before: ReadonlyMap<string, Suspicion>): Promise<number> {
    const { log } = this.#options;
    const found = await log.readStreams(streams.map(({ stream }) => stream));
    const wanted = streams.map((each) => {
      const events = found.get(each.stream) ?? [];
      return { ...each, length: events.length, rows: [...rowsOfStream(each.category, each.stream, events).values()] };
    });
    const live = await this.#liveRows(wanted.flatMap(({ rows }) => rows.map(({ at }) => at)));
    let restored = 0;
    for (const { category, stream, length, rows } of wanted) {
      const drifts = rows.flatMap(({ at, row }): RowDrift[] => {
        const drift = driftOf(live.get(`${at.table} ${at.key}`), row);
        return drift === undefined ? [] : [{ ...at, drift, row: row ?? null }];
      });
      if (drifts.length === 0) continue;
      const evidence = JSON.stringify([length, drifts]);
      if (before.get(stream)?.evidence === evidence) restored += await this.#restore(drifts);
      else this.#suspicions.set(stream, { category, stream, evidence });
    }
    return restored;
  }

  async #liveRows(keys: readonly RowKey[]): Promise<ReadonlyMap<string, Row>> {
    const rows = new Map<string, Row>();
    for (const [name, table] of Object.entries(tables)) {
      const wanted = keys.flatMap(({ table: of, key }) => (of === name ? [key] : []));
      if (wanted.length === 0) continue;
      for (const row of await this.#options.index.rowsOf(table, wanted)) rows.set(`${name} ${row[table.key]}`, row);
    }
    return rows;
  }

  async #restore(drifts: readonly RowDrift[]): Promise<number> {
    const { log, clock, ids, meta, leader, logger } = this.#options;
    const token = leader();
    if (token === undefined) return 0;
    let restored = 0;
    for (const { table, key, drift, row } of drifts) {
      const event = codec.encode({ type: "IndexRowRestored", data: { table, key, drift, row: row && { ...row } } });
      const result = await log.append({
        class: "control",
        meta: { ...meta(), time: clock.now() },
        streams: [
          {
            category: indexCategory,
            stream: ids.event(),
            expectedVersion: 0,
            events: [{ id: ids.event(), ...event }],
          },
        ],
        leader: token,
      });
      logger.error({ table, key, drift, restored: result.ok }, "a row beside the log was not what the log says");
      if (result.ok) restored += 1;
    }
    return restored;
  }
}

/**
 * Those of a page that are folded: the ones that do not fit, and others evenly.
 * @param part which of the others, in [0, 1): another one each round
 */
function chosen({ streams }: IndexPage, part: number): readonly string[] {
  const suspects = streams.filter(({ isSuspect }) => isSuspect).slice(0, foldedOfKind);
  const others = streams.filter(({ isSuspect }) => !isSuspect);
  const step = Math.max(1, Math.ceil(others.length / foldedOfKind));
  const offset = Math.floor(part * step);
  const sample = others.filter((_, index) => index % step === offset);
  return [...suspects, ...sample].map(({ stream }) => stream);
}
