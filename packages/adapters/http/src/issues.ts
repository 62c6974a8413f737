// A failed check in words: place and rule, never a value. A key that the caller chose is a value too.
import { z } from "zod";
import { problem, type ProblemError } from "./problem.js";

const names = new WeakMap<z.ZodType, ReadonlySet<string>>();

/** The names that a schema itself says, anywhere in it. */
function namesOf(schema: z.ZodType): ReadonlySet<string> {
  const known = names.get(schema);
  if (known !== undefined) return known;
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("properties" in node && typeof node.properties === "object" && node.properties !== null)
      for (const name of Object.keys(node.properties)) found.add(name);
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  names.set(schema, found);
  return found;
}

/** The issues of a check, with `*` for every key that the schema does not name: it may be personal data. */
export function maskedIssues(schema: z.ZodType, error: z.ZodError): z.core.$ZodIssue[] {
  const known = namesOf(schema);
  return error.issues.map((issue) => ({
    ...issue,
    path: issue.path.map((part) => (typeof part === "number" || known.has(String(part)) ? part : "*")),
  }));
}

/** The first issue of a failed check as a problem: where, and which rule. */
export function issueProblem(
  { issues: [issue] }: { readonly issues: readonly z.core.$ZodIssue[] },
  where: string,
  status = 400,
): ProblemError {
  const path = `/${[where, ...(issue?.path ?? [])].map(String).join("/")}`;
  const code: unknown = issue?.code === "custom" ? issue.params?.["code"] : undefined;
  return problem(status, typeof code === "string" ? code : "invalid_request", describe(issue), { path });
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case "unrecognized_keys":
      return "There are fields the schema does not have; see /openapi.json.";
    case "invalid_type":
      return `${withArticle(issue.expected)} is required here.`;
    case "invalid_union":
      return "None of the allowed forms matches; see /openapi.json.";
    case "too_big":
      return `At most ${String(issue.maximum)} allowed.`;
    case "too_small":
      return `At least ${String(issue.minimum)} required.`;
    case "invalid_format":
      return `The form must be: ${issue.format === "regex" ? issue.message : issue.format}.`;
    case "invalid_value":
      return `Must be one of: ${issue.values.map(String).join(", ")}.`;
    default:
      return issue?.code === "custom" ? issue.message : "The value is not acceptable here.";
  }
}

/** zod's words for types are not all words. */
const words: Readonly<Record<string, string>> = { int: "integer", record: "object" };

function withArticle(type: string): string {
  const word = words[type] ?? type;
  return `${/^[aeiou]/.test(word) ? "An" : "A"} ${word}`;
}
