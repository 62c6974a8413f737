// The cheap checks that come before any schema: size, depth and text that no store takes. They bound what a schema
// evaluation can cost.
import { type Issue, isObject, valueTypeOf } from "./issues.js";

/** Sizes are UTF-8 bytes of the JSON text; depth counts nested arrays and objects. */
export const registryLimits = {
  payloadBytes: 64 * 1024,
  definitionBytes: 128 * 1024,
  depth: 16,
} as const;

/**
 * The first limit a JSON value breaks, or undefined. Everything that is not JSON (a function, NaN, a class instance is
 * read as its own properties) breaks `json`. Names of keys are not shown: nothing is known about them yet.
 */
export function checkJsonLimits(value: unknown, maxBytes: number): Issue | undefined {
  const budget = { bytes: maxBytes };
  const rule = visit(value, 0, budget);
  return rule === undefined ? undefined : { path: "", rule, valueType: valueTypeOf(value) };
}

function visit(value: unknown, depth: number, budget: { bytes: number }): string | undefined {
  if (budget.bytes < 0) return "size";
  if (typeof value === "string") return spendText(value, budget);
  if (value === null || typeof value === "boolean") return spend(5, budget);
  if (typeof value === "number") return Number.isFinite(value) ? spend(String(value).length, budget) : "json";
  if (depth >= registryLimits.depth) return "depth";
  if (Array.isArray(value)) {
    for (const item of value) {
      const rule = visit(item, depth + 1, budget) ?? spend(1, budget);
      if (rule !== undefined) return rule;
    }
    return spend(2, budget);
  }
  if (!isObject(value)) return "json";
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const rule = spendText(key, budget) ?? visit(item, depth + 1, budget) ?? spend(2, budget);
    if (rule !== undefined) return rule;
  }
  return spend(2, budget);
}

const spend = (bytes: number, budget: { bytes: number }): string | undefined => {
  budget.bytes -= bytes;
  return budget.bytes < 0 ? "size" : undefined;
};

function spendText(text: string, budget: { bytes: number }): string | undefined {
  if (text.length + 2 > budget.bytes) return "size";
  if (text.includes("\u0000") || !text.isWellFormed()) return "text";
  let bytes = text.length + 2;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c) bytes += 1;
    else if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd8_00 && unit <= 0xdf_ff) ? 1 : 2;
  }
  return spend(bytes, budget);
}
