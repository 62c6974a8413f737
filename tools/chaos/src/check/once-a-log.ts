// What is computed of a whole log is computed once for it, however many checks ask, and however many falsified copies of the
// evidence around it there are.
import type { EventRow } from "../evidence/rows.js";

/** The same function, which remembers its answer for each log. */
export function onceALog<Value>(make: (events: readonly EventRow[]) => Value): (events: readonly EventRow[]) => Value {
  const known = new WeakMap<readonly EventRow[], { readonly value: Value }>();
  return (events) => {
    const found = known.get(events) ?? { value: make(events) };
    known.set(events, found);
    return found.value;
  };
}
