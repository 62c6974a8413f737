import { marketOfZone } from "./market.js";

describe("the market of a time zone", () => {
  it.each([
    ["Europe/London", "united-kingdom"],
    ["Europe/Lisbon", "europe"],
    ["Europe/Berlin", "europe"],
    ["Europe/Belgrade", "europe"],
    ["America/New_York", "north-america"],
    ["America/Los_Angeles", "north-america"],
    ["America/Toronto", "north-america"],
    ["Asia/Singapore", "asia-pacific"],
    ["Asia/Calcutta", "south-asia"],
    ["Asia/Kolkata", "south-asia"],
    ["Asia/Dubai", "middle-east"],
    ["Australia/Sydney", "oceania"],
    ["Pacific/Auckland", "oceania"],
  ])("SEA-2: %s is in %s, as the season policy calls it", (zone, market) => {
    expect(marketOfZone(zone)).toBe(market);
  });

  it("is the country where the season policy has no market for it, under today's code, and none for UTC", () => {
    expect(["America/Sao_Paulo", "Asia/Yangon", "Asia/Rangoon", "UTC"].map(marketOfZone)).toEqual([
      "BR",
      "MM",
      "MM",
      undefined,
    ]);
  });
});
