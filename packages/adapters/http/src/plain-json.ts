// What any JSON value has to be, whatever its shape: not nested too deeply, and text that every store takes.
import { z } from "zod";
import { maskedIssues } from "./issues.js";

const maxDepth = 16;

/** Is a value nested deeper than any shape of ours? */
export function tooDeep(value: unknown, depth = 1): boolean {
  if (value === null || typeof value !== "object") return false;
  if (depth > maxDepth) return true;
  return Object.values(value).some((item) => tooDeep(item, depth + 1));
}

function badText(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000") || !value.isWellFormed();
  if (value === null || typeof value !== "object") return false;
  return Object.entries(value).some(([key, item]) => badText(key) || badText(item));
}

/** Why a value is not read any further, if it is not. */
export function unfitJson(value: unknown): { readonly code: string; readonly detail: string } | undefined {
  if (tooDeep(value)) return { code: "too_deep", detail: `JSON is nested deeper than ${maxDepth} levels.` };
  if (badText(value)) return { code: "bad_text", detail: "Text holds a NUL or half a surrogate pair." };
  return undefined;
}

/**
 * One item of a bulk body, checked by itself, so that a bad one harms no neighbour: as strictly as a body of its own is.
 * The issues go to `issueProblem`.
 */
export const bulkItem = <Shape extends z.ZodType>(shape: Shape) =>
  z.unknown().transform((item, context): z.output<Shape> => {
    const unfit = unfitJson(item);
    if (unfit !== undefined) {
      context.addIssue({ code: "custom", message: unfit.detail, params: { code: unfit.code } });
      return z.NEVER;
    }
    const parsed = shape.safeParse(item);
    if (parsed.success) return parsed.data;
    for (const issue of maskedIssues(shape, parsed.error)) context.issues.push({ ...issue, input: undefined });
    return z.NEVER;
  });
