// The journey every wedding of a simulation follows: which step falls due when, and its own tier.
import { tiers } from "@wedsync/contracts/scheduler";
import { z } from "zod";
import { read, refuse, type Read } from "../input/problem.js";
import type { DemandStep } from "./demand.js";

/**
 * A mail at booking, five before the wedding and one after it. All but the first at 09:00 local time; the request for a review is
 * low, the rest is normal until the wedding's nearness raises it.
 */
export const defaultJourney: readonly DemandStep[] = [
  { key: "confirmation", day: null, time: "09:00", tier: "normal" },
  { key: "half-a-year", day: -180, time: "09:00", tier: "normal" },
  { key: "three-months", day: -90, time: "09:00", tier: "normal" },
  { key: "one-month", day: -30, time: "09:00", tier: "normal" },
  { key: "one-week", day: -7, time: "09:00", tier: "normal" },
  { key: "the-day-before", day: -1, time: "09:00", tier: "normal" },
  { key: "review", day: 3, time: "09:00", tier: "low" },
];

const key = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/);
const journeySchema = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        key,
        at: z.union([
          z.literal("booking"),
          z.strictObject({
            day: z.int().min(-400).max(400),
            time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a local time such as 09:00"),
          }),
        ]),
        tier: z.enum(tiers).default("normal"),
      }),
    )
    .min(1)
    .max(50),
});

const shownIssues = 5;

/** Reads a journey as JSON: `{"steps": [{"key", "at": "booking" | {"day": -30, "time": "09:00"}, "tier"?}]}`. */
export const parseJourney = (text: string): Read<readonly DemandStep[]> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse("journey", "it is not JSON");
  }
  const parsed = journeySchema.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, shownIssues);
    return {
      ok: false,
      problems: issues.map(({ path, message }) => ({
        code: "journey",
        message: `${path.join(".") || "it"}: ${message}`,
      })),
    };
  }
  const { steps } = parsed.data;
  const keys = steps.map((step) => step.key);
  const repeated = keys.find((name, index) => keys.indexOf(name) !== index);
  if (repeated !== undefined) return refuse("journey", `two steps have the key ${repeated}`);
  return read(
    steps.map(({ key, at, tier }) =>
      at === "booking" ? { key, day: null, time: "09:00", tier } : { key, day: at.day, time: at.time, tier },
    ),
  );
};
