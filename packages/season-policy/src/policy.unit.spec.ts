import { parsePolicy, parseProfile, resolvePolicy, type Issue } from "./index.js";
import { marketOfTest, policyOf } from "./testing/policy.js";
import { taxSeason } from "./profiles/tax-season.js";

const issuesOf = (json: unknown): readonly (readonly [string, string])[] => brief(parsePolicy(json));
const brief = (checked: { ok: true } | { ok: false; issues: readonly Issue[] }) =>
  checked.ok ? [] : checked.issues.map(({ path, rule }) => [path, rule] as const);
const withMarket = (changes: object): unknown => ({
  name: "p",
  version: 1,
  markets: { uk: { ...marketOfTest, ...changes } },
});
const profileWith = (changes: object) => brief(parseProfile({ ...taxSeason, ...changes }));

describe("a policy", () => {
  it("SEA-1: is accepted as it came", () => {
    expect(parsePolicy(JSON.parse(JSON.stringify(policyOf())))).toEqual({ ok: true, policy: policyOf() });
  });

  it.each([
    ["an unknown key", withMarket({ multiplyer: 1 }), "/markets/uk/multiplyer", "unknown_key"],
    ["an unknown key at the top", { ...policyOf(), "a/b~c": 1 }, "/a~1b~0c", "unknown_key"],
    ["a cap below its floor", withMarket({ floor: 5, cap: 4 }), "/markets/uk/cap", "cap_below_floor"],
    ["an unknown zone", withMarket({ zone: "Europe/Londn" }), "/markets/uk/zone", "zone_unknown"],
    ["an offset as a zone", withMarket({ zone: "+02:00" }), "/markets/uk/zone", "zone_unknown"],
    ["six weekdays", withMarket({ weekdays: [1, 1, 1, 1, 1, 1] }), "/markets/uk/weekdays", "too_small"],
    ["eight weekdays", withMarket({ weekdays: [1, 1, 1, 1, 1, 1, 1, 1] }), "/markets/uk/weekdays", "too_big"],
    ["a missing name", { version: 1, markets: {} }, "/name", "required"],
    ["a wrong type", withMarket({ cap: "ten" }), "/markets/uk/cap", "type"],
    ["a wrong combination", withMarket({ combination: "product" }), "/markets/uk/combination", "invalid_value"],
    [
      "a wrong market name",
      { name: "p", version: 1, markets: { "u k": marketOfTest } },
      "/markets/u k",
      "invalid_format",
    ],
    [
      "a month that is missing",
      withMarket({ seasons: [{ code: "a", months: [1], multiplier: 1 }] }),
      "/markets/uk/seasons",
      "month_missing",
    ],
    ["no policy at all", null, "", "type"],
  ])("SEA-1: refuses %s with its path", (_what, json, path, rule) => {
    expect(issuesOf(json)).toEqual([[path, rule]]);
  });

  it("SEA-1: refuses months and codes that two seasons share, and days that do not exist", () => {
    const seasons = [
      { code: "a", months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], multiplier: 1 },
      { code: "a", months: [3], multiplier: 1 },
    ];
    expect(issuesOf(withMarket({ seasons }))).toEqual([
      ["/markets/uk/seasons/1/months/0", "month_repeated"],
      ["/markets/uk/seasons/1/code", "code_repeated"],
    ]);
    const periods = [
      { code: "a", from: "2027-02-29", to: "2027-03-01", multiplier: 1 },
      { code: "b", from: "2027-03-02", to: "2027-03-01", multiplier: 1 },
    ];
    expect(issuesOf(withMarket({ periods }))).toEqual([
      ["/markets/uk/periods/0/from", "date_invalid"],
      ["/markets/uk/periods/1/to", "out_of_order"],
    ]);
  });

  it("lists at most fifty issues", () => {
    const markets = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`m${index}`, { ...marketOfTest, zone: "X" }]),
    );
    expect(issuesOf({ name: "p", version: 1, markets })).toHaveLength(50);
  });
});

describe("a profile", () => {
  it("SEA-2: is accepted as it came", () => {
    expect(parseProfile(JSON.parse(JSON.stringify(taxSeason)))).toEqual({ ok: true, profile: taxSeason });
  });

  const period = (when: object) => ({ periods: [{ code: "p", multiplier: 1, when }] });
  it.each([
    ["an unknown key", { wednesday: 1 }, "/wednesday", "unknown_key"],
    ["a cap below its floor", { cap: 0.1 }, "/cap", "cap_below_floor"],
    ["no sources", { sources: [] }, "/sources", "too_small"],
    ["an unknown kind of period", period({ kind: "solstice" }), "/periods/0/when/kind", "invalid_union"],
    [
      "a day of a table that does not exist",
      period({ kind: "dates", source: "s", dates: ["2027-01-01", "2027-04-31"] }),
      "/periods/0/when/dates/1",
      "date_invalid",
    ],
    [
      "a yearly day that never is",
      period({ kind: "yearly", from: "02-30", to: "03-01" }),
      "/periods/0/when/from",
      "date_invalid",
    ],
    [
      "an Easter range that ends before it begins",
      period({ kind: "easter", fromDay: 1, toDay: -1 }),
      "/periods/0/when/toDay",
      "out_of_order",
    ],
    [
      "a lunar month 13",
      period({ kind: "calendar_month", calendar: "chinese", month: 13 }),
      "/periods/0/when/month",
      "too_big",
    ],
    [
      "a holiday calendar that is none",
      period({ kind: "holidays", calendar: "England", types: ["public"] }),
      "/periods/0/when/calendar",
      "invalid_format",
    ],
  ])("SEA-2: refuses %s with its path", (_what, changes, path, rule) => {
    expect(profileWith(changes)).toEqual([[path, rule]]);
  });
});

describe("a recipe", () => {
  it("SEA-2: refuses bad profiles with the path through the recipe", () => {
    const markets = { us: { ...taxSeason, zone: "Mars/Olympus", typo: 1 }, uk: { ...taxSeason, zone: "Mars/Olympus" } };
    expect(brief(resolvePolicy({ name: "p", version: 1, markets, years: { from: 2027, to: 2027 } }))).toEqual([
      ["/markets/us/typo", "unknown_key"],
      ["/markets/uk/zone", "zone_unknown"],
    ]);
  });

  it("SEA-2: refuses holidays that were not passed in, or not for all years", () => {
    const markets = { us: taxSeason };
    const years = { from: 2027, to: 2028 };
    const missing = [["/markets/us/periods/3/when/calendar", "holidays_missing"]];
    expect(brief(resolvePolicy({ name: "p", version: 1, markets, years }))).toEqual(missing);
    const holidays = { US: { fromYear: 2027, toYear: 2027, days: [] } };
    expect(brief(resolvePolicy({ name: "p", version: 1, markets, years, holidays }))).toEqual(missing);
  });

  it.each([
    [2027, 2026],
    [1899, 1899],
    [2027, 2047],
    [9990, 9999],
  ])("SEA-2: refuses the years %p to %p", (from, to) => {
    expect(brief(resolvePolicy({ name: "p", version: 1, markets: {}, years: { from, to } }))).toEqual([
      ["/years", "out_of_order"],
    ]);
  });

  it("SEA-1: refuses a name or version that a policy cannot have", () => {
    expect(brief(resolvePolicy({ name: "a b", version: 0, markets: {}, years: { from: 2027, to: 2027 } }))).toEqual([
      ["/name", "invalid_format"],
      ["/version", "too_small"],
    ]);
  });
});
