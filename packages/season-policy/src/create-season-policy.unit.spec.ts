import { createMemoryLog, type MemoryLog } from "@wedsync/event-log";
import {
  createSeasonPolicy,
  marketsTouched,
  relevantDigest,
  type Forecast,
  type PlanRequest,
  type Seasons,
} from "./index.js";
import { ms } from "./testing/instants.js";
import { marketOfTest, policyOf } from "./testing/policy.js";

const meta = { source: "/test", correlationId: "c", actor: "system:test", region: "local" };
const hour = 3_600_000;
const now = ms("2027-06-14T00:00Z");
let nextId = 0;
const hex = (text: string): string =>
  [...text]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join("")
    .padEnd(32, "0")
    .slice(-12);
const ids = {
  event: () => `00000000-0000-7000-8000-${String((nextId += 1)).padStart(12, "0")}`,
  stream: (category: string, ...names: readonly string[]) =>
    `00000000-0000-5000-8000-${hex([category, ...names].join("/"))}`,
};
const makeLog = (): MemoryLog => createMemoryLog({ clock: { now: () => now } });
const over = (log: MemoryLog): Seasons => createSeasonPolicy({ log, clock: { now: () => now }, ids, name: "test" });
const policy = { ...policyOf(), markets: { uk: marketOfTest, oceania: { ...marketOfTest, zone: "Australia/Sydney" } } };
const request = (market: string, changes: Partial<PlanRequest> = {}): Omit<PlanRequest, "policy"> => ({
  market,
  zone: "Europe/London",
  from: now,
  to: now + 48 * hour,
  hourlyLoad: [{ at: now + 24 * hour, expected: 3_000, lower: 2_000, upper: 4_000 }],
  serviceRatePerSlot: 0.1,
  current: 2,
  floor: 2,
  cap: 20,
  leadTimeMs: 2 * hour,
  mode: "active",
  ...changes,
});
const forecast: Forecast = {
  market: "uk",
  origin: "2027-06-13",
  model: "pick-up",
  modelVersion: "1",
  days: [{ date: "2027-06-19", expected: 10, intervals: [{ level: 0.8, lower: 8, upper: 13 }], busyProbability: 0.4 }],
};
const types = async (log: MemoryLog) => (await log.read({ after: 0n, limit: 100 })).map(({ type }) => type);

describe("the season policy over a log", () => {
  it("SEA-1: a policy is activated once, and decides from then on", async () => {
    const log = makeLog();
    const seasons = over(log);
    expect(seasons.policy()).toBeUndefined();
    expect(seasons.multiplierAt({ market: "uk", at: now })).toBeUndefined();
    expect(await seasons.activate(policy, meta)).toMatchObject({
      ok: true,
      changed: true,
      value: { policy, touched: ["oceania", "uk"] },
    });
    expect(await over(log).activate(policy, meta)).toMatchObject({ changed: false, value: { touched: [] } });
    expect(seasons.policy()).toEqual(policy);
    expect(seasons.multiplierAt({ market: "uk", at: now })).toMatchObject({ multiplier: 5 });
    expect(await types(log)).toEqual(["SeasonPolicyActivated"]);
  });

  it("SEA-1: refuses a bad policy with the path, an older version and another name", async () => {
    const seasons = over(makeLog());
    expect(await seasons.activate({ ...policy, typo: 1 }, meta)).toMatchObject({
      refusal: { code: "policy_invalid", issues: [{ path: "/typo", rule: "unknown_key" }] },
    });
    await seasons.activate(policy, meta);
    expect(await seasons.activate(policyOf(), meta)).toMatchObject({
      refusal: { code: "version_not_newer", version: 1 },
    });
    expect(await seasons.activate({ ...policy, name: "x", version: 2 }, meta)).toMatchObject({
      refusal: { code: "name_mismatch" },
    });
  });

  it("SEA-4: plans are events with reasons; the same inputs plan once, from every instance", async () => {
    const log = makeLog();
    const seasons = over(log);
    expect(await seasons.plan(request("uk"), meta)).toMatchObject({ ok: false, refusal: { code: "no_policy" } });
    await seasons.activate(policy, meta);
    const planned = await seasons.plan(request("uk"), meta);
    expect(planned).toMatchObject({ ok: true, changed: true, value: { policyVersion: 1 } });
    expect(await seasons.plan(request("uk", { current: 9 }), meta)).toMatchObject({ ok: true, changed: false });
    const other = over(log);
    await other.refresh();
    expect(await other.plan(request("uk"), meta)).toMatchObject({ ok: true, changed: false });
    expect(await types(log)).toEqual(["SeasonPolicyActivated", "CapacityPlanned"]);
    expect(other.currentPlan("uk")).toEqual(planned.ok && planned.value);
    expect(await seasons.plan(request("uk", { from: now - hour }), meta)).toMatchObject({
      refusal: { code: "plan_older" },
    });
    expect(await seasons.plan(request("uk", { floor: 2_000_000, cap: 2_000_000 }), meta)).toMatchObject({
      refusal: { code: "plan_invalid", issues: [{ path: "/floor" }, { path: "/cap" }, { path: "/steps/0/slots" }] },
    });
    await expect(seasons.plan(request("uk", { from: Number.NaN }), meta)).rejects.toThrow("to - from");
    const ramp = { upPerStep: 2, downPerStep: 2 };
    expect(await seasons.plan(request("uk", { ramp }), meta)).toMatchObject({ changed: true });
    expect(await seasons.plan(request("uk", { ramp, current: 9 }), meta)).toMatchObject({ changed: true });
  });

  it("SEA-4: a policy change plans again only what it touches, in markets and in time", async () => {
    const log = makeLog();
    const seasons = over(log);
    await seasons.activate(policy, meta);
    for (const market of ["uk", "oceania"]) await seasons.plan(request(market), meta);
    const uk = { ...marketOfTest, weekdays: [2, 1, 1, 1, 1, 3, 3] };
    const changed = await seasons.activate({ ...policy, version: 2, markets: { ...policy.markets, uk } }, meta);
    expect(changed).toMatchObject({ value: { touched: ["uk"] } });
    expect(await seasons.plan(request("oceania"), meta)).toMatchObject({ changed: false, value: { policyVersion: 1 } });
    expect(await seasons.plan(request("uk"), meta)).toMatchObject({ changed: true, value: { policyVersion: 2 } });
    const later = {
      ...uk,
      periods: [{ code: "feast", from: "2028-01-01", to: "2028-01-02", multiplier: 2 }],
      seasons: uk.seasons.map((season) => (season.code === "off" ? { ...season, multiplier: 1.5 } : season)),
      covers: { from: "2026-01-01", to: "2029-12-31" },
    };
    const nextYear = await seasons.activate({ ...policy, version: 3, markets: { ...policy.markets, uk: later } }, meta);
    expect(nextYear).toMatchObject({ changed: true, value: { touched: [] } });
    expect(await seasons.plan(request("uk"), meta)).toMatchObject({ changed: false, value: { policyVersion: 2 } });
    const without = await seasons.activate({ name: "test", version: 4, markets: { uk: later } }, meta);
    expect(without).toMatchObject({ value: { touched: ["oceania"] } });
  });

  it("SEA-4: two versions are the same for a plan where they say the same of its market and days, the weights of events included", () => {
    const horizon = { from: now, to: now + 30 * 24 * hour };
    const digest = (changes: Parameters<typeof policyOf>[0], version: number) =>
      relevantDigest(policyOf(changes, version), "uk", horizon);
    const winter = marketOfTest.seasons.map((season) =>
      season.code === "off" ? { ...season, multiplier: 9 } : season,
    );
    expect(digest({ seasons: winter }, 2)).toBe(digest({}, 1));
    expect(digest({ weekdays: [2, 1, 1, 1, 1, 3, 3] }, 2)).not.toBe(digest({}, 1));
    const events = { ...marketOfTest.events, dayWeight: 9 };
    expect(digest({ events }, 2)).not.toBe(digest({}, 1));
    expect(marketsTouched(policyOf(), policyOf({ events }, 2), horizon)).toEqual(["uk"]);
    expect(relevantDigest(policyOf(), "constructor", horizon)).toBeUndefined();
  });

  it("SEA-3: forecasts are recorded once; an older origin does not replace a newer one", async () => {
    const log = makeLog();
    const seasons = over(log);
    expect(await seasons.recordForecast(forecast, meta)).toMatchObject({ ok: true, changed: true });
    expect(await seasons.recordForecast(forecast, meta)).toMatchObject({ ok: true, changed: false });
    expect(await seasons.recordForecast({ ...forecast, origin: "2027-06-12" }, meta)).toMatchObject({
      refusal: { code: "forecast_older", origin: "2027-06-13" },
    });
    expect(await seasons.recordForecast({ ...forecast, origin: "2027-06-19" }, meta)).toMatchObject({
      refusal: { code: "forecast_invalid", issues: [{ path: "/days/0/date", rule: "out_of_order" }] },
    });
    const [day] = forecast.days;
    const certain = { ...forecast, days: [{ ...day, busyProbability: 1.5 }] } as Forecast;
    expect(await seasons.recordForecast(certain, meta)).toMatchObject({
      refusal: { code: "forecast_invalid", issues: [{ path: "/days/0/busyProbability", rule: "too_big" }] },
    });
    expect(await seasons.recordForecast({ ...forecast, origin: "2027-02-30" }, meta)).toMatchObject({
      refusal: { code: "forecast_invalid", issues: [{ path: "/origin", rule: "date_invalid" }] },
    });
    expect(seasons.forecast("uk", "constructor")).toBeUndefined();
    expect(seasons.forecast("uk", "pick-up")).toEqual(forecast);
    expect(seasons.forecast("uk", "other")).toBeUndefined();
  });

  it("SEA-9: what is wanted now follows the market's plan and its backlog", async () => {
    const seasons = over(makeLog());
    await seasons.activate(policy, meta);
    const quiet = { backlog: { count: 0, oldestAgeMs: 0 }, arrivalRate: 0 };
    expect(seasons.wanted("uk", quiet)).toBeUndefined();
    await seasons.plan(request("uk"), meta);
    expect(seasons.wanted("uk", quiet)).toMatchObject({ slots: 2 });
    expect(seasons.wanted("uk", { ...quiet, backlog: { count: 1_000, oldestAgeMs: 0 } })?.slots).toBeGreaterThan(2);
  });

  it("LOG-4: an instance that follows the log knows the same; gaps and strangers are told apart", async () => {
    const log = makeLog();
    const seasons = over(log);
    await seasons.activate(policy, meta);
    await seasons.plan(request("uk"), meta);
    await seasons.recordForecast(forecast, meta);
    const events = await log.read({ after: 0n, limit: 100 });
    const follower = over(log);
    expect(events.map(follower.apply)).toEqual(["applied", "applied", "applied"]);
    expect(events.map(follower.apply)).toEqual(["ignored", "ignored", "ignored"]);
    expect(follower.policy()).toEqual(policy);
    expect(follower.currentPlan("uk")).toEqual(seasons.currentPlan("uk"));
    const [activated, planned, recorded] = events;
    if (activated === undefined || planned === undefined || recorded === undefined) throw new Error("Three events.");
    const late = over(log);
    expect(late.apply(recorded)).toBe("behind");
    expect(late.apply({ ...planned, schemaVersion: 9 })).toBe("unreadable");
    expect(late.apply({ ...activated, stream: ids.stream("season", "another") })).toBe("ignored");
    expect(late.apply({ ...activated, category: "vendor" })).toBe("ignored");
    await late.refresh(["uk"]);
    expect(late.forecast("uk", "pick-up")).toEqual(forecast);
  });

  it("U7: what the log refuses or cannot read is data", async () => {
    const log = makeLog();
    const refusing = createSeasonPolicy({
      log: {
        ...log,
        append: () => Promise.resolve({ ok: false, code: "append_invalid", message: "no", issues: [] } as never),
      },
      clock: { now: () => now },
      ids,
      name: "test",
    });
    expect(await refusing.activate(policy, meta)).toMatchObject({ refusal: { code: "append_refused" } });
    await over(log).activate(policy, meta);
    const newer = createSeasonPolicy({
      log: {
        append: log.append,
        readStream: async (category, stream, from) =>
          (await log.readStream(category, stream, from)).map((event) => ({ ...event, schemaVersion: 9 })),
      },
      clock: { now: () => now },
      ids,
      name: "test",
    });
    expect(await newer.activate(policy, meta)).toMatchObject({ refusal: { code: "unreadable" } });
    await newer.refresh();
    expect(newer.policy()).toBeUndefined();
  });

  it("SEA-4: a stream belongs to one market", async () => {
    const shared = createSeasonPolicy({
      log: makeLog(),
      clock: { now: () => now },
      ids: { event: ids.event, stream: (category) => ids.stream(category, "same") },
    });
    await shared.recordForecast(forecast, meta);
    expect(await shared.recordForecast({ ...forecast, market: "oceania" }, meta)).toMatchObject({
      refusal: { code: "market_mismatch" },
    });
  });
});
