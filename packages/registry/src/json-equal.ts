// Equality of JSON values, whatever the order of their keys.
import { isObject } from "./issues.js";

export function jsonEqual(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => jsonEqual(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const present = (value: Readonly<Record<string, unknown>>): readonly string[] =>
    Object.keys(value).filter((key) => value[key] !== undefined);
  const keys = present(left);
  return (
    keys.length === present(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]))
  );
}
