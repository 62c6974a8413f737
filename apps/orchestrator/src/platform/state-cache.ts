// Folded states of streams that are asked for again and again. What is held may be as old as the log's tail of this process
// is behind (milliseconds), and never older than the time limit; whoever writes on the strength of it says so by a guard.
import type { LoadedState } from "@wedsync/event-log";
import { LRUCache } from "lru-cache";

/** Bounds the age when the tail stands still without saying so, milliseconds. */
const maxAgeMs = 10_000;

export interface StateCacheOptions<State> {
  readonly load: (stream: string) => Promise<LoadedState<State>>;
  /** May the state be held? One that does not exist yet must not be. */
  readonly isWorthKeeping: (state: State) => boolean;
  /** States held, at most. */
  readonly max: number;
}

interface Loading<State> {
  readonly answer: Promise<LoadedState<State>>;
  /** The stream changed while it was read. */
  isStale: boolean;
}

export class StateCache<State> {
  readonly #options: StateCacheOptions<State>;
  readonly #known: LRUCache<string, LoadedState<State>>;
  readonly #loading = new Map<string, Loading<State>>();

  constructor(options: StateCacheOptions<State>) {
    this.#options = options;
    this.#known = new LRUCache({ max: options.max, ttl: maxAgeMs });
  }

  /** The state of a stream; callers that ask at the same time share one read. */
  async get(stream: string): Promise<LoadedState<State>> {
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    const loading = this.#loading.get(stream) ?? this.#load(stream);
    return await loading.answer;
  }

  /** The stream has changed: what is held, or being read, is of the past. */
  forget(stream: string): void {
    this.#known.delete(stream);
    const loading = this.#loading.get(stream);
    if (loading === undefined) return;
    loading.isStale = true;
    this.#loading.delete(stream);
  }

  clear(): void {
    for (const stream of this.#loading.keys()) this.forget(stream);
    this.#known.clear();
  }

  #load(stream: string): Loading<State> {
    const loading: Loading<State> = { answer: this.#options.load(stream), isStale: false };
    this.#loading.set(stream, loading);
    loading.answer.then(
      (loaded) => {
        if (loading.isStale) return;
        this.#loading.delete(stream);
        if (loaded.ok && this.#options.isWorthKeeping(loaded.state)) this.#known.set(stream, loaded);
      },
      // Whoever asked gets the error; the next one asks again.
      () => {
        if (!loading.isStale) this.#loading.delete(stream);
      },
    );
    return loading;
  }
}
