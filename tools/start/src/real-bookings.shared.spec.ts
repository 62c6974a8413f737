// The main job on real input: forty thousand bookings, a journey of six e-mails, what is due arrives. Run by
// `test --shared-data FOLDER`; the data are not part of this repository.
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { makeFolder, readMails, sharedDataFolder, startSmtpRecorder, until } from "@wedsync/test";
import { bookingsOf, expectedShift, recompute, todayIn } from "./testing/recompute.js";
import { start, wedsync } from "./testing/started.js";

const zone = "Europe/Lisbon";

describe("the bookings of a resort", () => {
  it("REG-2 SCH-4 SCH-6 SCH-13: are imported, counted a second time, and what is due is delivered once", async () => {
    const file = join(sharedDataFolder(), "bookings-resort", "bookings.csv");
    const bookings = bookingsOf(await readFile(file, "utf8"));
    expect(bookings).toHaveLength(40_060);
    const folder = await makeFolder("real");
    const recorded = join(folder, "mails.jsonl");
    const smtp = await startSmtpRecorder({ file: recorded });
    const platform = await start(join(folder, "data"), ["--port", "0", "--empty"], { SMTP_URL: smtp.url });
    // Soon enough to wait for, late enough that the import is through by then; where it is not, more is skipped.
    const soon = new Date(Date.now() + 4 * 60_000);
    const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(soon);
    const steps = [-180, -90, -30, -7, -1, 3].map((day) => ({ day, time }));
    await platform.call("PUT", "/v1/vendors/resort", {
      name: "Resort",
      type: "venue",
      market: "europe",
      timeZone: zone,
    });
    await platform.call("PUT", "/v1/vendors/resort/journeys/six", {
      steps: steps.map((at) => ({
        key: `d${at.day}`.replace("-", "m"),
        moduleType: "email",
        at,
        config: { subject: "Your stay ({{ wedding.date }})", text: "Dear {{ couple.names }}" },
      })),
    });

    const map = "id=booking_id,date=event_date,bookedOn=booked_on,status=status,statusDate=status_date";
    const before = Date.now();
    const imported = await wedsync<Record<string, number> & { rejected: unknown[]; steps: Record<string, number> }>(
      platform,
      [
        "import",
        "weddings",
        file,
        "--vendor",
        "resort",
        "--time-zone",
        zone,
        "--journey",
        "six",
        "--shift-days",
        "auto",
        "--map",
        map,
      ],
    );
    const after = Date.now();
    const seconds = (after - before) / 1_000;
    expect(imported.code).toBe(0);
    const today = todayIn(zone, before);
    const expected = recompute(bookings, expectedShift(bookings, today), zone, today, steps);
    const dueBy = (instant: number): number => expected.dueAt.filter((due) => due <= instant).length;
    const skipped = imported.json.steps["skipped"] ?? 0;
    expect(skipped).toBeGreaterThanOrEqual(dueBy(before));
    expect(skipped).toBeLessThanOrEqual(dueBy(after));
    expect(imported.json).toMatchObject({
      rows: 40_060,
      imported: expected.imported,
      cancelled: expected.cancelled,
      notYetBooked: expected.notYetBooked,
      executions: expected.dueAt.length,
      rejected: [],
    });
    expect(imported.json.steps).toMatchObject({
      accepted: expected.dueAt.length,
      skipped,
      pending: expected.dueAt.length - skipped,
    });

    const status = async () =>
      await platform.call<{ now: string; executions: Record<string, number>; dueToday: number }>("GET", "/v1/status");
    const first = await status();
    const endOfDay = (Math.floor(Date.parse(first.now) / 86_400_000) + 1) * 86_400_000 - 1;
    // What has been delivered meanwhile is no longer to come.
    const { succeeded = 0, running = 0 } = first.executions;
    expect(first.dueToday + succeeded + running).toBe(dueBy(endOfDay) - skipped);

    const minute = Math.floor(soon.getTime() / 60_000) * 60_000;
    expect(dueBy(minute + 59_999) - dueBy(before)).toBeGreaterThan(50);
    const due = dueBy(minute + 59_999) - skipped;
    await until(status, ({ executions }) => (executions["succeeded"] ?? 0) >= due, { everyMs: 200 });
    const mails = await readMails(recorded);
    expect(mails).toHaveLength(due);
    expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(due);
    const last = await status();
    expect(last.executions).toMatchObject({ dead: 0, uncertain: 0, held: 0, waiting: 0 });
    process.stderr.write(
      `imported ${imported.json["imported"]} weddings with ${expected.dueAt.length} steps in ${seconds.toFixed(1)} s\n`,
    );
    expect(await platform.stop()).toBe(0);
    await smtp.close();
  }, 900_000);
});
