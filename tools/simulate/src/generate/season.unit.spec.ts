import { checkEmailContent } from "@wedsync/journey-modules";
import { parseDay } from "./dates.js";
import { generateSeason } from "./season.js";

const today = parseDay("2026-11-24") ?? 0;
const season = generateSeason({ weddings: 60, seed: 5, today });
const days = (date: string): number => (parseDay(date) ?? Number.NaN) - today;

describe("the sample season", () => {
  it("OPS-1: is the same for the same seed and day", () => {
    expect(generateSeason({ weddings: 60, seed: 5, today })).toEqual(season);
    expect(generateSeason({ weddings: 60, seed: 6, today })).not.toEqual(season);
  });

  it("has vendors of every type in several markets and time zones that this runtime knows", () => {
    expect(new Set(season.vendors.map(({ type }) => type))).toEqual(
      new Set(["photographer", "venue", "florist", "caterer", "other"]),
    );
    expect(new Set(season.vendors.map(({ market }) => market)).size).toBe(5);
    for (const { timeZone } of season.vendors) expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  });

  it("gives every wedding its own id, a vendor and a journey that exist, and an address nobody has", () => {
    expect(new Set(season.weddings.map(({ weddingId }) => weddingId)).size).toBe(60);
    for (const wedding of season.weddings) {
      expect(season.vendors.some(({ vendorId }) => vendorId === wedding.vendorId)).toBe(true);
      expect(
        season.journeys.some(
          ({ vendorId, journeyId }) => vendorId === wedding.vendorId && journeyId === wedding.journeyId,
        ),
      ).toBe(true);
      expect(wedding.couple.email).toMatch(/^[a-z0-9-]+@example\.test$/);
      expect(days(wedding.bookedOn)).toBeLessThanOrEqual(0);
      expect(wedding.bookedOn <= wedding.date).toBe(true);
    }
  });

  it("has mail due now, and journey steps due today or tomorrow", () => {
    expect(season.executions.length).toBeGreaterThan(0);
    expect(season.executions.every(({ when }) => when === "now")).toBe(true);
    const steps = season.journeys[0]?.steps ?? [];
    const near = season.weddings.filter(({ date }) => steps.some(({ at }) => [0, 1].includes(days(date) + at.day)));
    expect(near.length).toBeGreaterThanOrEqual(20);
  });

  it("has no wedding in the past but those whose thank-you mail is near", () => {
    for (const { date } of season.weddings) expect(days(date)).toBeGreaterThanOrEqual(-3);
  });

  it("writes mails that the e-mail module accepts as they are", () => {
    const contents = [
      ...season.journeys.flatMap(({ steps }) => steps.map(({ config }) => config)),
      ...season.executions.map(({ payload }) => payload),
    ];
    for (const content of contents) expect(checkEmailContent(content)).toEqual([]);
  });

  it("uses ids and keys the API accepts, once each", () => {
    const keys = season.executions.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { weddingId, vendorId } of season.weddings) {
      expect(`${weddingId}${vendorId}`).toMatch(/^[A-Za-z0-9._-]+$/);
    }
  });
});
