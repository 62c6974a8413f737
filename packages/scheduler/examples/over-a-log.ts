// Ring 3: a scheduler over a log in memory. With @wedsync/adapter-postgres the same lines run on a database.
import { createMemoryLog } from "@wedsync/event-log";
import { createScheduler, rowToPendingItem, schedulerInline, statusOf } from "@wedsync/scheduler";

let now = 1_770_000_000_000;
let number = 0;
const uuid = (): string => `00000000-0000-4000-8000-${(number += 1).toString().padStart(12, "0")}`;
const streams = new Map<string, string>();
/** A real application derives them from the names (UUIDv5), so that they are the same everywhere. */
const streamOf = (...names: readonly string[]): string => {
  const known = streams.get(names.join("/")) ?? uuid();
  streams.set(names.join("/"), known);
  return known;
};
const clock = { now: () => now };
const log = createMemoryLog({ clock, inline: schedulerInline });
const meta = { source: "/example", correlationId: "c-1", actor: "user:1", region: "eu" };
const scheduler = createScheduler({
  log,
  clock,
  ids: {
    event: uuid,
    stream: streamOf,
  },
  criticalUntilHour: 6,
  timeZoneData: "2026c",
  tierDays: () => ({ highDaysBefore: 7, criticalDaysBefore: 1 }),
  systemMeta: meta,
});

const sealed = { key: uuid(), iv: "AAAAAAAAAAAAAAAA", tag: "AAAAAAAAAAAAAAAAAAAAAA==", body: "c2VhbGVk" };
const book = async (date: string) =>
  await scheduler.putWedding(
    "lens-and-light",
    {
      weddingId: "smith-jones",
      schedule: { date, endDate: date, zone: "Europe/London" },
      market: "united-kingdom",
      sealed,
      detailsDigest: "a0b1",
    },
    meta,
  );
const request = async (execution: string) =>
  await scheduler.requestExecution(
    {
      execution,
      vendor: "lens-and-light",
      wedding: "smith-jones",
      module: {
        moduleType: "email",
        definitionVersion: 1,
        effect: "at-most-once",
        defaultTier: "normal",
        highDaysBefore: 7,
        criticalDaysBefore: 1,
        deadlineAfterMs: 4 * 3_600_000,
        expiresAfterMs: 24 * 3_600_000,
        onLate: "run",
      },
      when: { kind: "day", day: -30, time: "09:00" },
      bodyDigest: "d1",
      sealed,
    },
    meta,
  );
const claimed = async (execution: string) => {
  const row = log.rows("pending").find((each) => each["execution"] === execution);
  const claim =
    row === undefined
      ? undefined
      : scheduler.claim(rowToPendingItem(row), { handover: uuid(), worker: uuid(), now, policyVersion: 1 });
  return claim === undefined ? undefined : { claim, result: await log.append(claim.request) };
};

await book("2026-06-20");
const [first, second] = [uuid(), uuid()];
const accepted = await request(first);
const again = await request(first);
await request(second);
const item = log.rows("pending").map(rowToPendingItem)[0];
now = item?.work.dueAt ?? now;

const start = await claimed(first);
const [, started] = await log.readStream("execution", first);
const done =
  item === undefined
    ? undefined
    : await scheduler.reportOutcome(item, {
        version: 2,
        attempt: 1,
        worker: String(started?.data["worker"]),
        handover: String(started?.data["handover"]),
        provider: "smtp",
        effectBegun: false,
        outcome: { kind: "accepted", receipt: "250" },
        now,
        random: 0,
        retry: { maxAttempts: 5, baseMs: 10_000, capMs: 3_600_000, maxLost: 2 },
      });
await book("2026-07-04");
const stale = await claimed(second);

export const lines = [
  `accepted: ${accepted.ok ? statusOf(accepted.value, 1_770_000_000_000) : accepted.refusal.code}`,
  `the same key again: ${again.ok && again.repeated === true ? "repeated" : "new"}`,
  `claimed: ${start?.result.ok === true ? started?.type : "refused"}`,
  `done: ${done?.ok === true ? done.state.phase : "no"}`,
  `a moved wedding's claim: ${stale === undefined || stale.result.ok ? "started" : stale.result.code}`,
];
