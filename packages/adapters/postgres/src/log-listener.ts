// Wakes tails when something was committed: at once for this process, by NOTIFY for others, by a slow poll if both are lost.
// It also counts the reasons to look into the table: what this process committed itself, its tails have in memory.
import { Client } from "pg";
import { patientConnection } from "./patience.js";

/** A notification may be lost with its connection; a reader never waits longer than this. */
const pollMs = 250;

export class LogListener {
  readonly #connectionString: string;
  readonly #channel: string;
  readonly #ownBackend: () => number | undefined;
  #client: Client | undefined;
  #connecting = false;
  #closed = false;
  #count = 0;
  #foreign = 0;
  readonly #waiting = new Set<() => void>();

  /** @param ownBackend process id of the backend that this process commits with, while there is one */
  constructor(connectionString: string, channel: string, ownBackend: () => number | undefined) {
    this.#connectionString = connectionString;
    this.#channel = channel;
    this.#ownBackend = ownBackend;
  }

  /** Raised whenever the table may hold events that this process did not commit. */
  get foreign(): number {
    return this.#foreign;
  }

  /** Taken before looking for events: a commit between looking and waiting is not missed. */
  ticket(): number {
    return this.#count;
  }

  /** Something was committed, by this process unless said otherwise. */
  wake(isForeign = false): void {
    if (isForeign) this.#foreign += 1;
    this.#count += 1;
    for (const wake of this.#waiting) wake();
  }

  /** Until something was committed after the ticket was taken, the signal aborts, or the poll interval ends. */
  wait(ticket: number, signal: AbortSignal): Promise<void> {
    this.#connect();
    if (ticket !== this.#count || signal.aborted || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#foreign += 1;
        done();
      }, pollMs);
      this.#waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.wake();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #connect(): void {
    if (this.#client !== undefined || this.#connecting || this.#closed) return;
    this.#connecting = true;
    const client = new Client({
      connectionString: this.#connectionString,
      application_name: "wedsync-listener",
      ...patientConnection(),
    });
    const forget = (): void => {
      if (this.#client === client) this.#client = undefined;
    };
    client.on("notification", ({ processId }) => {
      // Our own commits have woken the tails already.
      if (processId !== this.#ownBackend()) this.wake(true);
    });
    client.on("error", forget);
    client.on("end", forget);
    client
      .connect()
      .then(() => client.query(`listen ${this.#channel}`))
      .then(() => {
        if (this.#closed) return client.end();
        this.#client = client;
        return this.wake(true);
      })
      // The database is away: the poll goes on, and the next wait tries again.
      .catch(() => undefined)
      .finally(() => {
        this.#connecting = false;
      });
  }
}
