// Group commit: one connection, at most two groups on their way, in order. Every caller gets its own result; a group
// that cannot be stored is split until the one bad append stands alone; a lost reply is settled by reading back.
import { isLogError, logError, type AppendRequest, type AppendResult, type InlineProjection } from "@wedsync/event-log";
import { Client } from "pg";
import { appendResults, appendSql, appendValues, type AppendRow } from "./append-call.js";
import { prepare, type AppendOperation } from "./append-operation.js";
import { patientConnection } from "./patience.js";
import { GroupQueue, groupLimits, independentRuns, type Bundle } from "./group-queue.js";

/** What was committed, in order; feeds local readers without a query. */
export interface CommittedGroup {
  readonly epoch: number;
  readonly recordedAt: number;
  readonly operations: readonly { readonly operation: AppendOperation; readonly firstPosition: bigint }[];
}

export interface CommitterOptions {
  readonly connectionString: string;
  readonly schema: string;
  readonly inline: InlineProjection;
  readonly onCommitted?: (group: CommittedGroup) => void;
  /** How long an append may stay unanswered while the database is away, milliseconds. */
  readonly patienceMs: number;
}

/** Groups on their way at once. More would carry no more, and critical work would wait behind them (measured). */
const pipelineDepth = 2;

export class Committer {
  readonly #options: CommitterOptions;
  readonly #queue = new GroupQueue();
  readonly #sql: string;
  #client: Client | undefined;
  #connecting: Promise<Client> | undefined;
  #inFlight = 0;
  #scheduled = false;
  #closed = false;
  #fenced = false;
  #idle: (() => void)[] = [];

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#sql = appendSql(options.schema, options.inline.tables);
  }

  /** Process id of the server's side of the connection, while there is one. */
  get backend(): number | undefined {
    // Set by the client when it connects; its types do not say so.
    return (this.#client as { readonly processID?: number } | undefined)?.processID;
  }

  /** What the last group was told: the log belongs to another server. */
  get fenced(): boolean {
    return this.#fenced;
  }

  append(requests: readonly AppendRequest[]): Promise<readonly AppendResult[]> {
    if (this.#closed) return Promise.reject(logError("log_closed", "The log was closed; no append was made."));
    const operations: AppendOperation[] = [];
    const results = requests.map(
      (request) =>
        new Promise<AppendResult>((resolve, reject) => {
          const operation = prepare(request, this.#options.inline, resolve, reject);
          if ("ok" in operation) resolve(operation);
          else operations.push(operation);
        }),
    );
    const first = requests[0];
    if (operations.length > 0 && first !== undefined) {
      for (const together of independentRuns(operations)) this.#queue.add({ class: first.class, operations: together });
      this.#schedule();
    }
    return Promise.all(results);
  }

  /** Waits for what was accepted, then closes the connection. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#inFlight > 0 || this.#queue.size > 0) {
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #schedule(): void {
    if (this.#scheduled || this.#inFlight >= pipelineDepth) return;
    this.#scheduled = true;
    // One turn of the event loop gathers the callers that became ready together.
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#inFlight < pipelineDepth && this.#queue.size > 0) {
        const group = this.#queue.take(this.#most());
        if (group.length === 0) break;
        this.#inFlight += 1;
        void this.#commit(group).finally(() => {
          this.#inFlight -= 1;
          if (this.#queue.size > 0) this.#schedule();
          else if (this.#inFlight === 0) for (const wake of this.#idle.splice(0)) wake();
        });
      }
    });
  }

  /**
   * Operations of the next group. When nothing is on its way, callers that answer and ask again together would take turns
   * with the database for ever: half of them go first, and the halves overlap from then on.
   */
  #most(): number {
    if (this.#inFlight > 0) return groupLimits.operations;
    return Math.min(groupLimits.operations, Math.max(groupLimits.fewest, Math.ceil(this.#queue.operations / 2)));
  }

  async #commit(group: readonly Bundle[]): Promise<void> {
    const started = performance.now();
    for (;;) {
      try {
        await this.#send(group);
        return;
      } catch (error) {
        if (isDataError(error)) return await this.#split(group, error);
        for (const operation of operationsOf(group)) operation.sentBefore = true;
        if (performance.now() - started > this.#options.patienceMs) {
          const failure = isLogError(error)
            ? error
            : logError(
                "log_unavailable",
                "The database did not answer; the append may or may not have been made.",
                {},
                error,
              );
          for (const operation of operationsOf(group)) operation.reject(failure);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** A group the database refuses as data: half and half until the bad one is alone. */
  async #split(group: readonly Bundle[], error: unknown): Promise<void> {
    const [only] = group;
    if (group.length === 1 && only !== undefined) {
      if (only.operations.length === 1) {
        for (const operation of only.operations) operation.reject(error);
        return;
      }
      for (const operation of only.operations) await this.#commit([{ class: only.class, operations: [operation] }]);
      return;
    }
    const middle = Math.ceil(group.length / 2);
    await this.#commit(group.slice(0, middle));
    await this.#commit(group.slice(middle));
  }

  async #send(group: readonly Bundle[]): Promise<void> {
    const operations = operationsOf(group);
    const client = this.#client ?? (await this.#connect());
    const answer = await client.query<AppendRow>({
      name: "append_v1",
      text: this.#sql,
      values: [...appendValues(operations, this.#options.inline.tables)],
    });
    const row = answer.rows[0];
    if (row === undefined) throw logError("log_unavailable", "The append function gave no answer.");
    this.#fenced = row.fenced !== null;
    const results = appendResults(operations, row);
    if (row.fenced === null) this.#publish(operations, results, row);
    for (const [index, operation] of operations.entries()) {
      const result = results[index];
      if (result === undefined) continue;
      if (!result.ok && result.code === "version_conflict" && operation.sentBefore) {
        operation.resolve((await this.#ownAppend(client, operation)) ?? result);
      } else operation.resolve(result);
    }
  }

  #publish(operations: readonly AppendOperation[], results: readonly AppendResult[], row: AppendRow): void {
    const committed = operations.flatMap((operation, index) => {
      const result = results[index];
      return result?.ok === true ? [{ operation, firstPosition: result.firstPosition }] : [];
    });
    if (committed.length > 0) {
      this.#options.onCommitted?.({ epoch: row.log_epoch, recordedAt: Number(row.recorded_ms), operations: committed });
    }
  }

  /** After a lost reply: is the event at the version we expected our own? Then the append had been made. */
  async #ownAppend(client: Client, operation: AppendOperation): Promise<AppendResult | undefined> {
    const first = operation.request.streams[0];
    const id = first?.events[0]?.id;
    if (first === undefined || id === undefined) return undefined;
    const found = await client.query<{ event_id: string; position: string; recorded_ms: string }>(
      `select event_id, position, (extract(epoch from recorded_at) * 1000)::int8 as recorded_ms
         from ${this.#options.schema}.events where stream = $1 and version = $2`,
      [first.stream, first.expectedVersion + 1],
    );
    const row = found.rows[0];
    if (row === undefined || row.event_id !== id) return undefined;
    const firstPosition = BigInt(row.position);
    return {
      ok: true,
      firstPosition,
      lastPosition: firstPosition + BigInt(operation.eventCount) - 1n,
      recordedAt: Number(row.recorded_ms),
    };
  }

  #connect(): Promise<Client> {
    this.#connecting ??= (async () => {
      const client = new Client({
        connectionString: this.#options.connectionString,
        pipeline: true,
        application_name: "wedsync-committer",
        // A third of the patience: what is not answered is sent again on another connection before it is given up. The driver
        // ends a connection that does not answer; what it was sent may still be done there, which the versions tell.
        ...patientConnection(Math.max(1_000, this.#options.patienceMs / 3)),
      });
      const forget = (): void => {
        if (this.#client === client) this.#client = undefined;
      };
      client.on("error", forget);
      client.on("end", forget);
      await client.connect();
      this.#client = client;
      return client;
    })().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }
}

function operationsOf(group: readonly Bundle[]): readonly AppendOperation[] {
  return group.flatMap((bundle) => bundle.operations);
}

/**
 * Sending it again cannot help: SQLSTATE classes 22 (bad data), 23 (constraint), 42 (statement) and 54 (limit), and values
 * that no column of their type can hold.
 */
function isDataError(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof TypeError) return true;
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && /^(22|23|42|54)/.test(error.code)
  );
}
