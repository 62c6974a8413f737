import { PerMinute } from "./per-minute.js";

it("LOG-7: admits so many a minute and key, and begins anew with the next minute", () => {
  const refusals = new PerMinute(2);
  const admitted = (key: string, now: number) => refusals.admits(key, now);
  expect([admitted("a", 0), admitted("a", 1), admitted("a", 59_999), admitted("b", 59_999)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect([admitted("a", 60_000), admitted("a", 60_001), admitted("a", 60_002)]).toEqual([true, true, false]);
});
