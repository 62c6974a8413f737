// The library is optional and not installed here: a stub with its interface shows what is made of its answers.
import { busyThresholdOf } from "@wedsync/season-policy";
import { augursForecaster, mstlForecaster, type Library } from "./augurs.js";

const fitted: { periods: readonly number[]; values: readonly number[] }[] = [];

/** Forecasts ten, with an interval of ten times the level to each side. */
const stub: Pick<Library, "MSTL"> = {
  MSTL: {
    ets: (periods) => ({
      fit: (values) => void fitted.push({ periods: [...periods], values: [...values] }),
      predict: (horizon, level) => ({
        point: Array.from({ length: horizon }, () => 10),
        intervals: {
          lower: Array.from({ length: horizon }, () => 10 - 20 * level),
          upper: Array.from({ length: horizon }, () => 10 + 20 * level),
        },
      }),
      free: () => undefined,
    }),
  },
};
const facts = Array.from({ length: 800 }, (_, day) => ({ day, value: day % 10 }));

describe("the optional forecaster of augurs", () => {
  beforeEach(() => fitted.splice(0));

  it("P-9: is given what is known at the origin, with weeks, and years once there are two", () => {
    const forecastAt = mstlForecaster(stub).prepare(facts, { horizon: 3 });
    forecastAt(99);
    forecastAt(780);
    expect(fitted.map(({ periods, values }) => [periods, values.length])).toEqual([
      [[7], 100],
      [[7, 365], 781],
    ]);
  });

  it("P-9: answers as the port wants it: nested intervals at 0 or more, and the busy threshold of all forecasters", () => {
    const { days, busyThreshold } = mstlForecaster(stub).prepare(facts, { horizon: 3 })(499);
    expect(busyThreshold).toBe(busyThresholdOf(facts.slice(0, 500).map(({ value }) => value)));
    expect(days).toHaveLength(3);
    expect(days[0]).toMatchObject({
      day: 500,
      lead: 1,
      point: 10,
      interval50: { low: 0, high: 20 },
      interval80: { low: 0, high: 26 },
      interval95: { low: 0, high: 29 },
    });
    // The threshold lies just below the point.
    expect(days[0]?.busyProbability).toBeGreaterThan(0.5);
    expect(days[0]?.busyProbability).toBeLessThan(0.6);
  });

  it("P-9: is left out when the library is not there", async () => {
    expect(await augursForecaster()).toBeUndefined();
  });
});
