// A read model in memory: what the store does with a batch, without a database.
import type { ModelRow, ReadModel } from "@wedsync/adapter-postgres";
import type { RecordedEvent } from "@wedsync/event-log";

/** Rows by key, after these events in this order; undefined where the model knows none. */
export function applyAll<Change>(
  model: ReadModel<Change>,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, ModelRow> {
  const rows = new Map<string, ModelRow>();
  for (const event of events) {
    const change = model.fold(event);
    if (change === undefined) continue;
    const after = model.apply(rows.get(model.keyOf(change)), change);
    if (after !== undefined) rows.set(model.keyOf(change), after);
  }
  return rows;
}

/** In the order of keys: equal models give equal lists. */
export const sorted = (rows: ReadonlyMap<string, ModelRow>) =>
  [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1));
