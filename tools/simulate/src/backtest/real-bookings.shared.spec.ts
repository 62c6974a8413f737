// The accuracy that is promised, on the bookings of a real resort. Run by `test --shared-data FOLDER`; the data are not
// part of this repository.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sharedDataFolder } from "@wedsync/test";
import { parseDay } from "../generate/dates.js";
import { problemText } from "../input/problem.js";
import { materialOf, type AnyMaterial } from "./facts.js";
import { judge } from "./judge.js";

const material = async (kind: "bookings" | "series", file: string, map: string): Promise<AnyMaterial> => {
  const read = materialOf(kind, await readFile(join(sharedDataFolder(), file)), map, []);
  if (!read.ok) throw new Error(read.problems.map((problem) => problemText(problem, file)).join("\n"));
  return read.value;
};

const span = (from: string, to: string) => ({
  from: parseDay(from) ?? Number.NaN,
  to: parseDay(to) ?? Number.NaN,
  horizon: 30,
  context: {},
  onProgress: () => undefined,
});

describe("the accuracy of forecasts on real data", () => {
  it("P-8 SEA-3: bookings of a resort, 7, 14 and 30 days ahead", async () => {
    const map = "id=booking_id,date=event_date,bookedOn=booked_on,status=status,statusDate=status_date,segment=group";
    const bookings = await material("bookings", "bookings-resort/bookings.csv", map);
    const { judgement } = bookings.use((found) =>
      judge(found, { ...span("2016-07-01", "2017-07-31"), originEvery: 1 }),
    );
    const [ours, ...references] = judgement.forecasters;
    const at = (lead: number) => ours?.leads[lead];
    for (const lead of [7, 14, 30]) expect(at(lead)?.n).toBe(396);
    expect(at(7)?.mase).toBeLessThanOrEqual(0.27);
    expect(at(14)?.mase).toBeLessThanOrEqual(0.34);
    expect(at(30)?.mase).toBeLessThanOrEqual(0.435);
    expect(at(30)?.coverage80).toBeGreaterThanOrEqual(0.75);
    expect(at(30)?.coverage80).toBeLessThanOrEqual(0.85);
    expect(at(30)?.width80).toBeLessThanOrEqual(27);
    expect(at(30)?.busyPrecision).toBeGreaterThanOrEqual(0.75);
    expect(at(30)?.busyRecall).toBeGreaterThanOrEqual(0.5);
    for (const { leads } of references) {
      for (const lead of [7, 14, 30]) expect(leads[lead]?.mase).toBeGreaterThan(at(lead)?.mase ?? Infinity);
    }
  });

  it("P-9: daily births, 30 days ahead from 36 origins", async () => {
    const map = "year=year,month=month,day=date_of_month,value=births";
    const births = await material("series", "births-daily/us_2000_2014.csv", map);
    const { judgement } = births.use((found) => judge(found, { ...span("2012-01-16", "2014-12-30"), originEvery: 30 }));
    expect(judgement.origins).toBe(36);
    const [ours, , lastYear] = judgement.forecasters;
    expect(ours?.all.mase).toBeLessThanOrEqual(0.6);
    expect(lastYear?.all.mase).toBeGreaterThan(ours?.all.mase ?? Infinity);
  });
});
