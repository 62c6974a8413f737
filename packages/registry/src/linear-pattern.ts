// Patterns of definitions that were registered at run time are run against text from strangers on every request, by an
// engine that backtracks. Only a subset is let in whose worst case is linear in the text; the rest is refused with the
// reason, instead of shipping a second regular-expression engine for it.
//
// The subset: `^`, then single-character atoms (a literal, an escape, a class, a dot), each with an optional quantifier,
// then an optional `$`. No groups, alternatives, look-around, back-references. At most one quantifier without an upper
// bound, and the ways to choose the bounded ones must not exceed `maxChoices`. Anchored at the start, such a pattern
// tries at most (length of text) x maxChoices x (length of pattern) steps. Alternatives are said with `enum` or `anyOf`.

const maxChoices = 1_000;
const maxLength = 256;

const atom =
  /(?:\\[dDwWsS]|\\u[0-9a-fA-F]{4}|\\[tnrfv]|\\[\^$\\.*+?()[\]{}|/-]|\[(?:[^\\\]]|\\[^kpPbBc0-9])*\]|[^\\^$.*+?()[\]{}|]|\.)/y;
const quantifier = /(?:([*+?])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})/y;

export type PatternProblem = "pattern_too_long" | "pattern_not_anchored" | "pattern_not_linear" | "pattern_invalid";

/** Why a pattern is refused, or undefined when its worst case is linear in the text. */
export function patternProblem(source: string): PatternProblem | undefined {
  if (source.length > maxLength) return "pattern_too_long";
  if (!compiles(source)) return "pattern_invalid";
  if (!source.startsWith("^")) return "pattern_not_anchored";
  let choices = 1;
  let unbounded = 0;
  let at = 1;
  while (at < source.length) {
    if (source[at] === "$" && at === source.length - 1) return undefined;
    atom.lastIndex = at;
    if (!atom.test(source)) return "pattern_not_linear";
    at = atom.lastIndex;
    quantifier.lastIndex = at;
    const found = quantifier.exec(source);
    if (found === null) continue;
    at = quantifier.lastIndex;
    const [, sign, min, comma, max] = found;
    if (sign === "*" || sign === "+" || (comma !== undefined && max === undefined)) unbounded += 1;
    else if (sign === "?") choices *= 2;
    else if (max !== undefined) choices *= Number(max) - Number(min) + 1;
    if (source[at] === "?") at += 1;
    if (unbounded > 1 || choices > maxChoices) return "pattern_not_linear";
  }
  return undefined;
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source, "u").unicode;
  } catch {
    return false;
  }
}
