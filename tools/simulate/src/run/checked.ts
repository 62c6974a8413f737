// The outcome of reading something a person wrote: the value, or what is wrong with it in sentences fit to print.
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly string[] };

export const good = <Value>(value: Value): Checked<Value> => ({ ok: true, value });
export const bad = (...problems: readonly string[]): { readonly ok: false; readonly problems: readonly string[] } => ({
  ok: false,
  problems,
});
