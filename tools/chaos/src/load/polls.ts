// Clients that read the same things over and over while the platform suffers: an answer must never be older than one before.
import type { Evidence } from "../evidence/rows.js";
import { repeat } from "../wait.js";
import type { Client } from "./client.js";

type Pick = () => string | undefined;

/** Reads histories of known executions; one that became shorter is a regression. */
export async function pollHistories(client: Client, pick: Pick, signal: AbortSignal): Promise<Evidence["polls"]> {
  const longest = new Map<string, number>();
  const regressions: Record<string, unknown>[] = [];
  let count = 0;
  await repeat(20, signal, async () => {
    const execution = pick();
    if (execution === undefined) return;
    const { body, status } = await client.call("GET", `/v1/executions/${execution}/history`);
    if (status !== 200) return void regressions.push({ execution, status });
    const length = (body["items"] as readonly unknown[]).length;
    const before = longest.get(execution) ?? 0;
    count += 1;
    if (length < before) regressions.push({ execution, before, after: length });
    longest.set(execution, Math.max(before, length));
  });
  return { count, regressions };
}

interface Read {
  readonly version: number;
  readonly first: number;
  readonly last: number;
}

/**
 * A client of the aggregator that reads executions from its read model, every other time one that it has read before. The model
 * may lag and not know one yet; an older version than one before, or none any more, is a regression.
 */
export class ModelReader {
  readonly #reads = new Map<string, Read>();
  readonly #turns: string[] = [];
  readonly #regressions: Record<string, unknown>[] = [];
  #count = 0;

  /** Answers so far. */
  get count(): number {
    return this.#count;
  }

  /** Reads until the signal aborts. */
  async run(client: Client, pick: Pick, signal: AbortSignal): Promise<Evidence["modelPolls"]> {
    let isTurn = false;
    await repeat(30, signal, async () => {
      isTurn = !isTurn;
      const again = isTurn ? this.#turns.shift() : undefined;
      const execution = again ?? pick();
      if (execution === undefined) return;
      const isNew = !this.#reads.has(execution);
      try {
        await this.#read(client, execution);
      } finally {
        // Also after a read that failed: its turn comes again.
        if (again !== undefined || (isNew && this.#reads.has(execution))) this.#turns.push(execution);
      }
    });
    const spans = [...this.#reads.values()].flatMap(({ first, last }) =>
      last > first ? [[first, last] as const] : [],
    );
    return { count: this.#count, regressions: this.#regressions, spans };
  }

  async #read(client: Client, execution: string): Promise<void> {
    const { body, status } = await client.call("GET", `/v1/executions/${execution}`);
    const before = this.#reads.get(execution);
    if (status === 404 && before === undefined) return;
    const version = status === 200 ? Number(body["version"]) : undefined;
    if (version === undefined || version < (before?.version ?? 0))
      this.#regressions.push({ execution, at: Date.now(), before: before?.version, after: version ?? status });
    this.#count += 1;
    const now = Date.now();
    this.#reads.set(execution, {
      version: Math.max(version ?? 0, before?.version ?? 0),
      first: before?.first ?? now,
      last: now,
    });
  }
}
