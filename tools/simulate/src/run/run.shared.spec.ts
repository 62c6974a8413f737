// Needs the bookings of the shared data folder.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultThresholds, planDefaults } from "@wedsync/season-policy";
import { parseDay } from "../generate/dates.js";
import { readBookingsFile } from "../input/bookings-file.js";
import { defaultJourney } from "./journey.js";
import { createLocalTime } from "./local-time.js";
import { seasonPolicyOf } from "./season-policy.js";
import { simulateSeason } from "./simulate-season.js";
import { finish } from "./testing/finish.js";
import { verdictOf } from "./verdict.js";

const sharedData = process.env["WEDSYNC_SHARED_DATA"] ?? "";
const zone = "Europe/Lisbon";
const day = (date: string): number => parseDay(date) ?? Number.NaN;

const simulate = (from: string, to: string) => {
  const map = "date=event_date,bookedOn=booked_on,status=status,statusDate=status_date,segment=group";
  const policy = seasonPolicyOf("europe", zone, { from: 2015, to: 2017 });
  const bookings = readBookingsFile(readFileSync(join(sharedData, "bookings-resort", "bookings.csv")), map);
  if (!policy.ok || !bookings.ok) throw new Error("The market is known and the bookings are good.");
  return finish(
    simulateSeason(bookings.value.rows, createLocalTime(zone), {
      policy: policy.value,
      market: "europe",
      steps: defaultJourney,
      firstDay: day(from),
      lastDay: day(to),
      policies: ["static-peak", "reactive", "plan+reactive"],
      scale: 30,
      seed: 1,
      serviceMs: 20_000,
      serviceSigma: 0.5,
      spreadMinutes: 60,
      leadMs: planDefaults.leadTimeMs,
      floor: 10,
      cap: 200,
      waitGoalMs: 1_000,
      planAt: "00:00",
      targetUtilisation: planDefaults.targetUtilisation,
      reactive: { perSlot: 5, pollMs: 30_000 },
      stabilisationMs: 300_000,
      thresholds: defaultThresholds,
      pricePerSlotHour: 0.05,
    }),
  );
};

describe("a year of real bookings", () => {
  it("SEA-6: costs at most 40 % of the static peak's capacity, and neither critical nor high work waits longer", () => {
    const { policies, peak, executions } = simulate("2016-08-01", "2017-07-31");
    expect(peak.met).toBe(true);
    expect(peak.slots).toBeGreaterThan(30);
    for (const { started, expired, withdrawn } of policies) expect(started + expired + withdrawn).toBe(executions);
    const verdict = verdictOf(policies, 10);
    expect(verdict?.longer).toEqual([]);
    expect(verdict?.saving).toBeGreaterThanOrEqual(0.6);
    expect(verdict?.ok).toBe(true);
    // What queue length alone gives: as cheap, but urgent work waits for slots to boot.
    const reactive = policies.find(({ name }) => name === "reactive");
    expect(reactive?.waits.critical.p99Ms).toBeGreaterThan(10_000);
  });
});
