import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCaptured } from "../testing/run-captured.js";
import { startStandIn, type StandIn } from "../testing/stand-in.js";

const map = "id=booking_id,date=event_date,bookedOn=booked_on,status=status,statusDate=status_date";

const fileOf = (lines: readonly string[]): string =>
  ["booking_id,event_date,booked_on,status,status_date", ...lines, ""].join("\n");

const many = (rows: number): string =>
  fileOf(Array.from({ length: rows }, (_, at) => `B-${at + 1},2026-12-05,2026-01-01,Check-Out,2026-12-06`));

describe("wedsync import weddings", () => {
  let server: StandIn;
  let folder = "";
  let file = "";
  beforeEach(async () => {
    server = await startStandIn();
    folder = await mkdtemp(join(tmpdir(), "wedsync-import-"));
    file = join(folder, "bookings.csv");
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  const importFile = (more: readonly string[] = [], signal?: AbortSignal) =>
    runCaptured(
      server.url,
      ["import", "weddings", file, "--vendor", "rose", "--time-zone", "Europe/Lisbon", "--map", map, "--json", ...more],
      signal === undefined ? {} : { signal },
    );

  it("counts each row once: imported, not yet booked, cancelled, rejected with line and code", async () => {
    await writeFile(
      file,
      fileOf([
        "B-1,2026-12-05,2026-01-01,Check-Out,2026-12-06",
        "B-2,2026-12-05,2026-12-01,Check-Out,2026-12-06",
        "B-3,2026-12-05,2026-01-01,Canceled,2026-11-24",
        "B-4,2026-12-05,2026-01-01,CANCELLED,2026-11-25",
        "B-5,2026-12-05,2026-01-01,no-show,2026-12-05",
        "B-6,2026-02-30,2026-01-01,Check-Out,2026-12-06",
        "B-7,2026-12-05,2026-01-01,Perhaps,2026-12-06",
        "B-8,2026-12-05",
        "refuse-9,2026-12-05,2026-01-01,Check-Out,2026-12-06",
        "B-1,2027-01-01,2026-01-01,Check-Out,2026-12-06",
      ]),
    );
    const done = await importFile(["--journey", "season"]);
    expect(done.code).toBe(0);
    expect(done.json()).toMatchObject({
      rows: 10,
      imported: 4,
      unchanged: 0,
      cancelled: 1,
      notYetBooked: 1,
      executions: 18,
      steps: { accepted: 18, skipped: 6, pending: 12, unchanged: 0 },
      platform: { pending: 42, dueToday: 5 },
      shiftDays: 0,
      today: "2026-11-24",
      rejected: [
        { line: 7, code: "date_invalid" },
        { line: 8, code: "status_unknown" },
        { line: 9, code: "columns_wrong" },
        { line: 10, code: "date_too_far", message: "too far" },
        { line: 11, code: "id_repeated" },
      ],
    });
    expect(JSON.parse(server.weddings.get("B-3") ?? "")).toEqual({
      weddingId: "B-3",
      date: "2026-12-05",
      timeZone: "Europe/Lisbon",
      bookedOn: "2026-01-01",
      couple: { names: "Couple B-3", email: "B-3@example.test" },
      cancelled: true,
      cancelledOn: "2026-11-24",
    });
    expect(JSON.parse(server.weddings.get("B-4") ?? "")).toMatchObject({ journeyId: "season" });
  });

  it("makes the vendor when it is missing, in its time zone's market, and leaves it alone when it is there", async () => {
    await writeFile(file, many(1));
    await importFile();
    expect(server.vendors.get("rose")).toEqual({
      name: "rose",
      type: "other",
      market: "europe",
      timeZone: "Europe/Lisbon",
    });
    server.requests.length = 0;
    await importFile();
    expect(server.requests.some((request) => request.startsWith("PUT"))).toBe(false);
  });

  it("PERFORMANCE: sends at most 1,000 records a request and three requests at once", async () => {
    await writeFile(file, many(5_500));
    // The first requests wait for the third, however slow the machine is; a fourth would have time to come.
    const third = Promise.withResolvers<void>();
    let arrived = 0;
    server.onBulk = async () => {
      arrived += 1;
      if (arrived === 3) third.resolve();
      await third.promise;
      await new Promise((later) => setTimeout(later, 20));
    };
    const done = await importFile();
    expect(done.json()).toMatchObject({ rows: 5_500, imported: 5_500 });
    const sizes = server.bodies.flatMap((body) => (body as { items?: unknown[] } | null)?.items?.length ?? []);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([500, 1_000, 1_000, 1_000, 1_000, 1_000]);
    expect(server.mostBulkAtOnce).toBe(3);
  });

  it("is stopped half-way with 130 and gives no doubles when it is run again", async () => {
    await writeFile(file, many(4_500));
    const stop = new AbortController();
    let bulks = 0;
    server.onBulk = () => {
      bulks += 1;
      if (bulks === 3) stop.abort();
    };
    const stopped = await importFile(["--journey", "season"], stop.signal);
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("run the same command again");
    expect(stopped.json()).toMatchObject({ error: { code: "interrupted" } });
    expect(server.weddings.size).toBeLessThan(4_500);
    const before = server.weddings.size;
    server.onBulk = () => undefined;
    const again = await importFile(["--journey", "season"]);
    expect(again.json()).toMatchObject({ rows: 4_500, imported: 4_500 - before, unchanged: before });
    expect(server.weddings.size).toBe(4_500);
  });

  it("goes on through answers of 503 and broken connections without losing or doubling a row", async () => {
    await writeFile(file, many(2_500));
    server.vendors.set("rose", {});
    server.faults.push(undefined, undefined, "reset", { status: 503 }, "reset", { status: 429, retryAfter: "0" });
    const done = await importFile();
    const { rows, imported, unchanged } = done.json() as { rows: number; imported: number; unchanged: number };
    expect(done.code).toBe(0);
    expect([rows, imported + unchanged, server.weddings.size]).toEqual([2_500, 2_500, 2_500]);
  });

  it("shifts all dates together by whole weeks, the busiest month of what was not cancelled to today", async () => {
    await writeFile(
      file,
      fileOf([
        "B-1,2016-10-08,2016-01-01,Check-Out,2016-10-09",
        "B-2,2016-10-15,2016-09-20,Canceled,2016-10-10",
        "B-3,2016-08-06,2016-01-01,Canceled,2016-02-01",
        "B-4,2016-08-06,2016-01-01,Canceled,2016-02-01",
      ]),
    );
    const done = await importFile(["--shift-days", "auto", "--today", "2026-11-24"]);
    const { shiftDays } = done.json() as { shiftDays: number };
    expect(shiftDays % 7).toBe(0);
    expect(shiftDays).toBe(3_689);
    expect(JSON.parse(server.weddings.get("B-1") ?? "")).toMatchObject({ date: "2026-11-14", bookedOn: "2026-02-06" });
    expect(done.stderr).toContain("--shift-days 3689");
    const repeated = await importFile(["--shift-days", "3689", "--today", "2026-11-24"]);
    expect(repeated.json()).toMatchObject({ imported: 0, unchanged: 4 });
  });

  it("SEC-1: works with a vendor's key, which may not read the platform's status", async () => {
    await writeFile(file, many(1));
    server.faults.push({ status: 403 });
    const done = await importFile();
    expect(done).toMatchObject({ code: 0 });
    expect(done.json()).toMatchObject({ imported: 1, today: "2026-11-26" });
  });

  it("takes a negative shift", async () => {
    await writeFile(file, many(1));
    expect((await importFile(["--shift-days", "-7"])).json()).toMatchObject({ shiftDays: -7 });
    expect(JSON.parse(server.weddings.get("B-1") ?? "")).toMatchObject({ date: "2026-11-28" });
  });

  it.each([
    ["a map of an unknown column", ["--map", "date=nope"], "no such column"],
    ["a map of an unknown field", ["--map", "date=event_date,colour=x"], 'no field "colour"'],
    ["a map without a date", ["--map", "id=booking_id"], "which column is the date"],
    ["a time zone that is none", ["--time-zone", "Mars/Olympus"], "IANA"],
    ["a shift that is no number", ["--shift-days", "soon"], "whole number"],
    ["a day that is none", ["--today", "2026-02-30"], "YYYY-MM-DD"],
  ])("ends with 2 and sends no wedding on %s", async (_, more, message) => {
    await writeFile(file, many(2));
    const wrong = await importFile(more);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain(message);
    expect(server.weddings.size).toBe(0);
  });

  it("ends with 1 when the vendor has no such journey, before a wedding is sent", async () => {
    await writeFile(file, many(2));
    const wrong = await importFile(["--journey", "nope"]);
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.stderr).toContain("no journey nope");
    expect(server.weddings.size).toBe(0);
  });

  it("ends with 2 on a missing or empty file and with 1 when every line is bad", async () => {
    expect((await importFile()).code).toBe(2);
    await writeFile(file, "");
    expect((await importFile()).stderr).toContain("is empty");
    await writeFile(file, fileOf(["B-1,never,2026-01-01,Check-Out,2026-01-01"]));
    expect(await importFile()).toMatchObject({ code: 1 });
  });

  it("SEC-2: echoes no value of the file, neither in a rejection nor on standard error", async () => {
    await writeFile(
      file,
      fileOf(["CANARY !,2026-12-05,x,y,z", "B-2,CANARY,2026-01-01,CANARY,2026-01-01", '"CANARY,1']),
    );
    const wrong = await importFile();
    expect(wrong.json()).toMatchObject({ rows: 3 });
    expect(wrong.stdout + wrong.stderr).not.toContain("CANARY");
  });
});
