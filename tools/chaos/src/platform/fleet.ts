// The platform as several processes of each role, as an operator runs it: whoever ends is started again.
import { fork, type ChildProcess } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sleep } from "../wait.js";
import { firstErrorOf } from "./first-error.js";
import { addCounters, readCounters, type Counters } from "./counters.js";

export const roles = ["api", "dispatcher", "worker", "aggregator"] as const;
export type Role = (typeof roles)[number];

/** One line of a process that the evidence needs. */
export interface Remark {
  readonly at: number;
  readonly member: string;
  readonly kind: "lease-taken" | "lease-lost" | "leading" | "deposed" | "ended";
  readonly detail: string;
}

export interface FleetOptions {
  readonly environment: Readonly<Record<Role, Readonly<Record<string, string>>>>;
  readonly sizes: Readonly<Record<Role, number>>;
  readonly logFolder: string;
  /** An operator's API key, for reading counters. */
  readonly key: string;
  /** When it aborts nothing is asked politely any more: nobody reads what an interrupted run leaves behind. */
  readonly signal: AbortSignal;
}

/** A place in the fleet; the process in it changes. */
export interface Member {
  readonly name: string;
  readonly role: Role;
  readonly pid: number | undefined;
  /** Where its API listens, once it does. */
  readonly url: string | undefined;
  /** Worker incarnation of the present process. */
  readonly worker: string | undefined;
  readonly isLeading: boolean;
}

interface Seat extends Member {
  child?: ChildProcess | undefined;
  pid: number | undefined;
  url: string | undefined;
  worker: string | undefined;
  isLeading: boolean;
  isStopped: boolean;
  /** Ends when the place is empty for good. */
  kept: Promise<void>;
  readonly log: WriteStream;
}

const orchestrator = fileURLToPath(import.meta.resolve("@wedsync/orchestrator/main"));
const aggregator = fileURLToPath(import.meta.resolve("@wedsync/metrics-aggregator/main"));
/** What is kept of what a process says before it is ready. */
const keptLines = 200;
const marks: readonly (readonly [string, Remark["kind"]])[] = [
  ["lease taken", "lease-taken"],
  ["lease lost", "lease-lost"],
  ["no longer leading", "deposed"],
  ["leading", "leading"],
];

export class Fleet {
  readonly #options: FleetOptions;
  readonly #seats: Seat[] = [];
  readonly remarks: Remark[] = [];
  #counters: Counters = {};
  readonly #present = new Map<Seat, Counters>();
  #isClosing = false;

  constructor(options: FleetOptions) {
    this.#options = options;
    for (const [role, size] of Object.entries(options.sizes) as [Role, number][])
      for (let number = 1; number <= size; number += 1) {
        const name = `${role}-${number}`;
        const log = createWriteStream(join(options.logFolder, `${name}.log`), { flags: "a" });
        const empty = {
          pid: undefined,
          url: undefined,
          worker: undefined,
          isLeading: false,
          isStopped: false,
          kept: Promise.resolve(),
        };
        this.#seats.push({ name, role, log, ...empty });
      }
  }

  get members(): readonly Member[] {
    return this.#seats;
  }

  /** Counters of all processes there were, as last read before they ended. */
  get counters(): Counters {
    return [...this.#present.values()].reduce(addCounters, this.#counters);
  }

  /** Starts every process and waits until each is ready. @throws Error when one ends instead: nothing hurts it yet */
  async start(): Promise<void> {
    const { signal } = this.#options;
    for (const seat of this.#seats) seat.kept = this.#keep(seat);
    while (this.#seats.some((seat) => seat.url === undefined)) {
      const ended = this.remarks.find((remark) => remark.kind === "ended");
      if (ended !== undefined) throw new Error(`${ended.member} does not start: ${ended.detail}`);
      await sleep(20, signal);
      signal.throwIfAborted();
    }
  }

  /** Waits until every place that is not stopped has a process that answers, for at most a while. */
  async ready(signal: AbortSignal, patienceMs: number): Promise<void> {
    const until = performance.now() + patienceMs;
    while (this.#seats.some((seat) => !seat.isStopped && seat.url === undefined)) {
      if (signal.aborted || performance.now() > until) return;
      await sleep(20, signal);
    }
  }

  signal(member: Member, signal: NodeJS.Signals): void {
    this.#seats.find((seat) => seat === member)?.child?.kill(signal);
  }

  /** Asks the processes of a role to end, and keeps their places empty until `resume`. */
  async pause(role: Role): Promise<void> {
    const seats = this.#seats.filter((seat) => seat.role === role);
    for (const seat of seats) seat.isStopped = true;
    await Promise.all(seats.map(async (seat) => await this.#empty(seat)));
  }

  resume(role: Role): void {
    for (const seat of this.#seats.filter((found) => found.role === role && found.isStopped)) {
      seat.isStopped = false;
      seat.kept = this.#keep(seat);
    }
  }

  /** Reads the counters of every process that answers. */
  async readCounters(): Promise<void> {
    for (const seat of this.#seats) {
      const { url } = seat;
      const found = url === undefined ? undefined : await readCounters(url, this.#options.key);
      if (found !== undefined && seat.url === url) this.#present.set(seat, found);
    }
  }

  /** Ends everything, politely first; nobody waits long for processes whose work is done. */
  async stop(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(this.#seats.map(async (seat) => await this.#empty(seat, 3_000)));
    for (const seat of this.#seats) seat.log.end();
  }

  /** Ends the process of a place; one that was only just started is met as well. */
  async #empty(seat: Seat, patienceMs = 15_000): Promise<void> {
    const emptied = seat.kept.then(() => true);
    for (;;) {
      await end(seat.child, patienceMs, this.#options.signal);
      if (await Promise.race([emptied, sleep(50).then(() => false)])) return;
    }
  }

  async #keep(seat: Seat): Promise<void> {
    while (!this.#isClosing && !seat.isStopped) {
      await this.#run(seat);
      // A process that cannot start (the database is away) is tried again soon, as a supervisor does.
      if (!this.#isClosing && !seat.isStopped) await sleep(200);
    }
  }

  async #run(seat: Seat): Promise<void> {
    const child = fork(seat.role === "aggregator" ? aggregator : orchestrator, [], {
      env: { PATH: process.env["PATH"] ?? "", ...this.#options.environment[seat.role] },
      execArgv: [],
      // A group of its own: what is sent to this tool's group does not reach it, and the reverse.
      detached: true,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    seat.child = child;
    seat.pid = child.pid;
    child.on("message", (message: { port: number }) => (seat.url = `http://127.0.0.1:${message.port}`));
    const said: string[] = [];
    if (child.stderr !== null)
      createInterface({ input: child.stderr }).on("line", (line) => {
        if (seat.url === undefined && said.length < keptLines) said.push(line);
        seat.log.write(`${line}\n`);
        this.#remark(seat, line);
      });
    const code = await new Promise<string>((resolve) =>
      child.once("exit", (exit, signal) => resolve(String(signal ?? exit))),
    );
    const wasReady = seat.url !== undefined;
    seat.child = undefined;
    seat.pid = undefined;
    seat.url = undefined;
    seat.worker = undefined;
    seat.isLeading = false;
    this.#counters = addCounters(this.#counters, this.#present.get(seat) ?? {});
    this.#present.delete(seat);
    const detail = `${code}${wasReady ? "" : ` before it was ready: ${firstErrorOf(said).slice(0, 300)}`}`;
    this.remarks.push({ at: Date.now(), member: seat.name, kind: "ended", detail });
  }

  #remark(seat: Seat, line: string): void {
    const mark = marks.find(([text]) => line.includes(`"msg":"${text}`));
    if (mark === undefined) return;
    const entry = JSON.parse(line) as { readonly time: number; readonly worker?: string; readonly epoch?: number };
    if (mark[1] === "lease-taken") seat.worker = entry.worker;
    if (mark[1] === "leading" || mark[1] === "deposed") seat.isLeading = mark[1] === "leading";
    this.remarks.push({
      at: entry.time,
      member: seat.name,
      kind: mark[1],
      detail: entry.worker ?? String(entry.epoch ?? ""),
    });
  }
}

/** Asks a process to end, and ends it after a while, or as soon as the signal aborts. */
async function end(child: ChildProcess | undefined, patienceMs: number, signal: AbortSignal): Promise<void> {
  if (child === undefined) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = (): void => void child.kill("SIGKILL");
  child.kill("SIGCONT");
  child.kill("SIGTERM");
  const timer = setTimeout(kill, patienceMs);
  signal.addEventListener("abort", kill, { once: true });
  if (signal.aborted) kill();
  await ended;
  clearTimeout(timer);
  signal.removeEventListener("abort", kill);
}
