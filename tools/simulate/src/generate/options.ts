// Checked option values of the generator commands.
import { InvalidArgumentError } from "commander";
import { parseDay } from "./dates.js";

/** A parser for a whole number within bounds, for commander. */
export const wholeNumber =
  (low: number, high: number) =>
  (text: string): number => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isInteger(number) && number >= low && number <= high) return number;
    throw new InvalidArgumentError(`It is a whole number from ${low} to ${high}.`);
  };

/** A parser for `YYYY-MM-DD`, giving the day number. */
export const day = (text: string): number => {
  const number = parseDay(text);
  if (number === undefined) throw new InvalidArgumentError("It is a day written YYYY-MM-DD.");
  return number;
};

export const seed = wholeNumber(0, 4_294_967_295);
