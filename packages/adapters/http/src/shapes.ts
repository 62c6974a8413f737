// Shapes that every API of the platform has in common. Instants are ISO 8601 with a zone on the wire.
import { z } from "zod";

/** Ids of vendors, weddings, journeys and module types. */
export const id = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, "1-128 characters of A-Z a-z 0-9 . _ -");
export const executionId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, "a lower-case UUID");
export const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "YYYY-MM-DD");

/** A whole number. The bounds come first, so that a problem names them and not those of the type. */
export const wholeNumber = (min: number, max: number) => z.number().min(min).max(max).int();

/** A whole number in a path or a query, in decimal digits: `Number` would take `0x10`, `1e2` and blanks as well. */
export const digits = (min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  z.preprocess(
    (text, context) => {
      if (typeof text === "string" && /^\d{1,15}$/.test(text)) return Number(text);
      context.addIssue({ code: "custom", message: "A whole number in decimal digits is required here." });
      return z.NEVER;
    },
    wholeNumber(min, max),
  );

/** RFC 9457, with a stable `code`. */
export const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  path: z.string().optional(),
});

/** One page of a list; `nextCursor` is absent on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });
