// Checked options of `simulate run`.
import { isValidZone } from "@wedsync/scheduler";
import { InvalidArgumentError } from "commander";
import { policyNames, type PolicyName } from "./simulate-season.js";

/** A parser for a number within bounds, for commander. */
export const numberIn =
  (low: number, high: number) =>
  (text: string): number => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    if (number >= low && number <= high) return number;
    throw new InvalidArgumentError(`It is a number from ${low} to ${high}.`);
  };

export const zone = (text: string): string => {
  if (isValidZone(text)) return text;
  throw new InvalidArgumentError("It is an IANA time zone such as Europe/Lisbon.");
};

export const wallTime = (text: string): string => {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
  throw new InvalidArgumentError("It is a local time such as 17:00.");
};

const isPolicy = (name: string): name is PolicyName => (policyNames as readonly string[]).includes(name);

export const policies = (text: string): readonly PolicyName[] => {
  const names = text.split(",").map((name) => name.trim());
  const known = names.filter(isPolicy);
  if (known.length === names.length && new Set(names).size === names.length) return known;
  throw new InvalidArgumentError(`Name each once, with commas between: ${policyNames.join(", ")}.`);
};
