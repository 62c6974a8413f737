// Ids of the platform: UUIDv7 for events (ordered by time), UUIDv5 for streams (the same name is the same stream).
import { v5, v7 } from "uuid";

const root = "7f0a9c1e-5d0b-5e52-9b4e-2f3a8d6c1b70";
const namespaces = new Map<string, string>();

function namespaceOf(category: string): string {
  const known = namespaces.get(category);
  if (known !== undefined) return known;
  const made = v5(category, root);
  namespaces.set(category, made);
  return made;
}

export const ids = {
  /** A fresh id for an event, a hand-over or an incarnation. */
  event: (): string => v7(),
  /**
   * The stream of a named thing. Vendors, weddings, journeys and executions of the same name never share a stream,
   * because each category has its own namespace.
   */
  stream: (category: string, ...names: readonly string[]): string => v5(names.join("/"), namespaceOf(category)),
};

export type Ids = typeof ids;

/** The execution that an idempotency key of a vendor stands for, for ever. */
export const executionIdOf = (vendor: string, idempotencyKey: string): string =>
  ids.stream("execution", vendor, idempotencyKey);
