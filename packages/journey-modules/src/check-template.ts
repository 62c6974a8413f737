// What is wrong with a template, said when it is accepted and not when it is due. Issues name places and rules and never
// repeat the template: a vendor may have typed a couple's name into it.
import { maxTemplateLength, textEngine } from "./template-engine.js";

/** What a template may use; `variables.<name>` comes from the request or the configuration. */
export const templateVariables = [
  "couple.names",
  "couple.email",
  "vendor.name",
  "wedding.date",
  "wedding.dateLong",
  "wedding.weekday",
  "wedding.year",
] as const;

export interface TemplateIssue {
  readonly rule: "too_large" | "syntax" | "variable_unknown";
  /** Where in the template, from 1; absent when the whole is meant. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

export type TemplateCheck =
  | { readonly ok: true; readonly variables: readonly string[] }
  | { readonly ok: false; readonly issues: readonly TemplateIssue[] };

const allowed: ReadonlySet<string> = new Set(templateVariables);
const hint = `Known are ${templateVariables.join(", ")} and variables.<name>.`;

/**
 * Parses a template and looks at every variable it mentions, also in branches that are not taken.
 * @param options.variables the names that `variables.` may be followed by; any when absent.
 * @returns the names of variables it uses, each once.
 */
export function checkTemplate(text: string, options: { readonly variables?: Iterable<string> } = {}): TemplateCheck {
  if (text.length > maxTemplateLength) {
    const message = `A template has at most ${maxTemplateLength} characters; shorten it.`;
    return { ok: false, issues: [{ rule: "too_large", message }] };
  }
  try {
    return checkVariables(text, options.variables === undefined ? undefined : new Set(options.variables));
  } catch (error) {
    const message =
      "Not a valid template: a tag, filter or bracket is unknown or left open. Allowed are if, unless, case, comment, raw.";
    return { ok: false, issues: [{ rule: "syntax", ...positionOf(error), message }] };
  }
}

function checkVariables(text: string, given: ReadonlySet<string> | undefined): TemplateCheck {
  const { variables: found } = textEngine.analyzeSync(textEngine.parse(text), { partials: false });
  const names = new Set<string>();
  const issues: TemplateIssue[] = [];
  for (const variable of Object.values(found).flat()) {
    const path = variable.segments.map((segment) => (typeof segment === "string" ? segment : "*")).join(".");
    const own = /^variables\.([A-Za-z_][A-Za-z0-9_]*)$/.exec(path)?.[1];
    if (allowed.has(path) || (own !== undefined && (given === undefined || given.has(own)))) names.add(path);
    else {
      const { row, col } = variable.location;
      issues.push({ rule: "variable_unknown", line: row, column: col, message: `Not a known variable. ${hint}` });
    }
  }
  return issues.length === 0 ? { ok: true, variables: [...names] } : { ok: false, issues };
}

/** Line and column of a parser's complaint. Its message quotes the template, so it goes no further. */
export function positionOf(error: unknown): { readonly line?: number; readonly column?: number } {
  if (typeof error !== "object" || error === null || !("token" in error)) return {};
  const { token } = error;
  if (typeof token !== "object" || token === null || !("getPosition" in token)) return {};
  const { getPosition } = token;
  if (typeof getPosition !== "function") return {};
  const position: unknown = getPosition.call(token);
  if (!Array.isArray(position)) return {};
  const [line, column] = position;
  return typeof line === "number" && typeof column === "number" ? { line, column } : {};
}
