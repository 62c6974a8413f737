// What a check says: its number in the list of invariants, and what it found against it.

export interface Finding {
  readonly id: number;
  readonly title: string;
  readonly state: "holds" | "violated" | "not checked";
  /** How many counterexamples there are; `examples` holds the first few. */
  readonly violations: number;
  readonly examples: readonly unknown[];
  readonly note?: string;
}

const shown = 5;

export function finding(id: number, title: string, counterexamples: Iterable<unknown>, note?: string): Finding {
  const found = [...counterexamples];
  return {
    id,
    title,
    state: found.length === 0 ? "holds" : "violated",
    violations: found.length,
    examples: found.slice(0, shown),
    ...(note === undefined ? {} : { note }),
  };
}

/** A check that nothing could have failed in this run says so instead of holding. */
export const unlessVacuous = (isVacuous: boolean, why: string, found: Finding): Finding =>
  isVacuous && found.state === "holds" ? notChecked(found.id, found.title, why) : found;

export const notChecked = (id: number, title: string, note: string): Finding => ({
  id,
  title,
  state: "not checked",
  violations: 0,
  examples: [],
  note,
});
