// A small sample season for a first look at the platform: vendors of every type in several time zones, weddings spread
// so that each journey step is near for some of them, and welcome mails due at once. Pure: today is an argument.
import { drawEventDay } from "./booking-rows.js";
import { formatDay } from "./dates.js";
import { createRandom, type Random } from "./random.js";
import { givenNames, sampleSteps, sampleVendors, welcome } from "./season-data.js";

export interface SeasonOptions {
  /** How many weddings, all vendors together, at least 1. */
  readonly weddings: number;
  readonly seed: number;
  /** Day number (days since 1970-01-01) around which the season is laid. */
  readonly today: number;
}

export interface SeasonVendor {
  readonly vendorId: string;
  readonly name: string;
  readonly replyTo: string;
  readonly type: "photographer" | "venue" | "florist" | "caterer" | "other";
  readonly market: string;
  readonly timeZone: string;
}

export interface SeasonJourney {
  readonly vendorId: string;
  readonly journeyId: string;
  readonly steps: readonly {
    readonly key: string;
    readonly moduleType: "email";
    readonly at: { readonly day: number; readonly time: string };
    readonly config: { readonly subject: string; readonly text: string };
  }[];
}

/** One record of `POST /v1/vendors/{vendorId}/weddings/bulk`, and the vendor it belongs to. */
export interface SeasonWedding {
  readonly vendorId: string;
  readonly weddingId: string;
  readonly date: string;
  readonly timeZone: string;
  readonly market: string;
  readonly bookedOn: string;
  readonly couple: { readonly names: string; readonly email: string };
  readonly journeyId: string;
}

/** One request of `POST /v1/vendors/{vendorId}/executions`, and the vendor it belongs to. */
export interface SeasonExecution {
  readonly vendorId: string;
  readonly weddingId: string;
  readonly idempotencyKey: string;
  readonly moduleType: "email";
  readonly payload: { readonly subject: string; readonly text: string };
  readonly when: "now";
}

export interface Season {
  readonly seed: number;
  readonly today: string;
  readonly vendors: readonly SeasonVendor[];
  readonly journeys: readonly SeasonJourney[];
  readonly weddings: readonly SeasonWedding[];
  readonly executions: readonly SeasonExecution[];
}

export const sampleJourneyId = "sample";

/** Every third wedding is on a day that makes a journey step due today or tomorrow; the rest follow the shares. */
const drawDay = (random: Random, index: number, today: number): number => {
  if (index % 3 === 0) return today - random.pick(sampleSteps).at.day + random.int(0, 1);
  const year = Number(formatDay(today).slice(0, 4));
  const day = drawEventDay(random, year, 2);
  return day < today ? day + 52 * 7 * Math.ceil((today - day) / (52 * 7)) : day;
};

const coupleOf = (random: Random, weddingId: string): SeasonWedding["couple"] => {
  const first = random.pick(givenNames);
  const second = random.pick(givenNames.filter((name) => name !== first));
  return { names: `${first} & ${second}`, email: `${weddingId}@example.test` };
};

/** Generates the season. Weddings before `today` occur only as those whose thank-you mail is near. */
export const generateSeason = ({ weddings, seed, today }: SeasonOptions): Season => {
  const random = createRandom(seed);
  const booked = Array.from({ length: weddings }, (_, index): SeasonWedding => {
    const vendor = sampleVendors[index % sampleVendors.length] ?? sampleVendors[0];
    const weddingId = `sample-${String(index + 1).padStart(4, "0")}`;
    const day = drawDay(random, index, today);
    const { vendorId, timeZone, market } = vendor;
    const bookedOn = formatDay(Math.min(today, day) - random.int(0, 300));
    const couple = coupleOf(random, weddingId);
    return {
      vendorId,
      weddingId,
      date: formatDay(day),
      timeZone,
      market,
      bookedOn,
      couple,
      journeyId: sampleJourneyId,
    };
  });
  const steps = sampleSteps.map(({ key, at, subject, text }) => ({
    key,
    moduleType: "email" as const,
    at,
    config: { subject, text },
  }));
  return {
    seed,
    today: formatDay(today),
    vendors: sampleVendors.map((vendor) => ({ ...vendor, replyTo: `${vendor.vendorId}@example.test` })),
    journeys: sampleVendors.map(({ vendorId }) => ({ vendorId, journeyId: sampleJourneyId, steps })),
    weddings: booked,
    executions: booked
      .filter(({ date }) => date >= formatDay(today))
      .map(({ vendorId, weddingId }) => ({
        vendorId,
        weddingId,
        idempotencyKey: `${weddingId}/welcome`,
        moduleType: "email" as const,
        payload: { subject: welcome.subject, text: welcome.text },
        when: "now" as const,
      })),
  };
};
