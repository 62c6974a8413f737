// A scheduler over a memory log with a clock that specs set: everything real but the disk.
import { createMemoryLog, type AppendRequest, type AppendResult, type MemoryLog } from "@wedsync/event-log";
import { createScheduler, type Scheduler } from "../create-scheduler.js";
import { rowToPendingItem, type PendingItem } from "../pending-item.js";
import { schedulerInline } from "../scheduler-inline.js";
import type { CallMeta, SchedulerOptions } from "../scheduler-options.js";
import type { ExecutionRequest } from "../request-execution.js";
import { day, email, monthBefore, monthBeforeAt, sealed, uuidOf, wedding } from "./work.js";

export const meta: CallMeta = { source: "/test", correlationId: "c-1", actor: "user:test", region: "eu" };

export interface Bench {
  readonly log: MemoryLog;
  readonly scheduler: Scheduler;
  /** Called before each single append: the place for somebody who is faster. */
  before(intrude: (() => Promise<unknown>) | undefined): void;
  setNow(now: number): void;
  book(more?: object): ReturnType<Scheduler["putWedding"]>;
  requestOf(number: number, more?: Partial<ExecutionRequest>): ExecutionRequest;
  /** Classes of the single appends so far. */
  readonly classes: readonly string[];
  pending(): readonly PendingItem[];
  types(number: number): Promise<readonly string[]>;
}

export function createBench(): Bench {
  let now = monthBeforeAt - 30 * day;
  let number = 50_000;
  let intrude: (() => Promise<unknown>) | undefined;
  const clock = { now: () => now };
  const log = createMemoryLog({ clock, inline: schedulerInline });
  const classes: string[] = [];
  const streams = new Map<string, string>();
  const next = (): string => {
    number += 1;
    return uuidOf(number);
  };
  const options: SchedulerOptions = {
    log: {
      ...log,
      append: async (request: AppendRequest): Promise<AppendResult> => {
        const first = intrude;
        intrude = undefined;
        await first?.();
        classes.push(request.class);
        return await log.append(request);
      },
    },
    clock,
    ids: {
      event: next,
      stream: (category, ...names) => {
        const key = [category, ...names].join("/");
        const known = streams.get(key) ?? next();
        streams.set(key, known);
        return known;
      },
    },
    criticalUntilHour: 6,
    timeZoneData: "2026c",
    tierDays: () => ({ highDaysBefore: 7, criticalDaysBefore: 1 }),
    systemMeta: { ...meta, actor: "system:scheduler" },
  };
  const scheduler = createScheduler(options);
  return {
    log,
    scheduler,
    classes,
    before: (action) => void (intrude = action),
    setNow: (at) => void (now = at),
    book: async (more = {}) =>
      await scheduler.putWedding(
        wedding.vendor,
        {
          weddingId: wedding.wedding,
          schedule: wedding.schedule,
          market: wedding.market,
          sealed,
          detailsDigest: "a",
          ...more,
        },
        meta,
      ),
    requestOf: (each, more = {}) => ({
      execution: uuidOf(each),
      vendor: wedding.vendor,
      wedding: wedding.wedding,
      module: email,
      when: monthBefore,
      bodyDigest: "digest",
      sealed,
      ...more,
    }),
    pending: () => log.rows("pending").map(rowToPendingItem),
    types: async (each) => (await log.readStream("execution", uuidOf(each))).map((event) => event.type),
  };
}
