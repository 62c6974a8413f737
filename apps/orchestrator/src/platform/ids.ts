// Ids of the platform: UUIDv7 for events (ordered by time), UUIDv5 for streams (the same name is the same stream).
import { randomFillSync } from "node:crypto";
import { LRUCache } from "lru-cache";
import { parse, v5, v7 } from "uuid";

const root = "7f0a9c1e-5d0b-5e52-9b4e-2f3a8d6c1b70";
/** In bytes: as text it would be read anew for every id. */
const namespaces = new Map<string, Uint8Array>();

function namespaceOf(category: string): Uint8Array {
  const known = namespaces.get(category);
  if (known !== undefined) return known;
  const made = parse(v5(category, root));
  namespaces.set(category, made);
  return made;
}

const randomness = new Uint8Array(4_096);
let used = randomness.length;

/** Sixteen random bytes. The operating system is asked for many at a time: three ids an execution add up. */
function randomBytes16(): Uint8Array {
  if (used === randomness.length) {
    randomFillSync(randomness);
    used = 0;
  }
  used += 16;
  return randomness.subarray(used - 16, used);
}

let lastMs = 0;
let sequence = 0;

/** A UUIDv7 whose order within a millisecond is that of its making (RFC 9562, 6.2, method 1). */
function newId(): string {
  const random = randomBytes16();
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // Half of the range is left for counting up.
    sequence = ((random[6] ?? 0) << 23) | ((random[7] ?? 0) << 16) | ((random[8] ?? 0) << 8) | (random[9] ?? 0);
  } else sequence += 1;
  return v7({ random, msecs: lastMs, seq: sequence });
}

/** Streams that are named again and again. Executions are not: each is named once. */
const named = new LRUCache<string, string>({ max: 20_000 });

function streamOf(category: string, name: string): string {
  if (category === "execution") return v5(Buffer.from(name), namespaceOf(category));
  const known = named.get(`${category}/${name}`);
  if (known !== undefined) return known;
  const made = v5(Buffer.from(name), namespaceOf(category));
  named.set(`${category}/${name}`, made);
  return made;
}

export const ids = {
  /** A fresh id for an event, a hand-over or an incarnation. */
  event: (): string => newId(),
  /**
   * The stream of a named thing. Vendors, weddings, journeys and executions of the same name never share a stream,
   * because each category has its own namespace.
   */
  stream: (category: string, ...names: readonly string[]): string => streamOf(category, names.join("/")),
};

export type Ids = typeof ids;

/** The execution that an idempotency key of a vendor stands for, for ever. */
export const executionIdOf = (vendor: string, idempotencyKey: string): string =>
  ids.stream("execution", vendor, idempotencyKey);
