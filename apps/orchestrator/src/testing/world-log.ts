// A log in memory with everything that others write on it while a dispatcher works: requests, moves, holds, ends of attempts.
import { createCodec } from "@wedsync/contracts";
import {
  dispatchEvents,
  executionEvents,
  weddingEvents,
  type DispatchEvent,
  type DispatchPolicy,
  type ExecutionEvent,
  type Tier,
  type WeddingEvent,
  type Work,
} from "@wedsync/contracts/scheduler";
import { createMemoryLog, type MemoryLog, type RecordedEvent } from "@wedsync/event-log";
import { defaultDispatchPolicy, rowToPendingItem, schedulerInline } from "@wedsync/scheduler";

export const codecs = {
  execution: createCodec(executionEvents),
  wedding: createCodec(weddingEvents),
  dispatch: createCodec(dispatchEvents),
};
export const uuid = (kind: number, number: number): string =>
  `00000000-0000-5000-8000-${String(kind).padStart(4, "0")}${String(number).padStart(8, "0")}`;
const sealed = { key: uuid(9, 1), iv: "", tag: "", body: "" };

export interface NewWork {
  readonly number: number;
  readonly vendor: string;
  readonly wedding: number;
  readonly defaultTier: Tier;
  readonly dueIn: number;
  readonly deadlineIn: number;
  readonly highIn: number;
  readonly criticalIn: number;
}

export class WorldLog {
  now = 1_000;
  readonly log: MemoryLog = createMemoryLog({ clock: { now: () => this.now }, inline: schedulerInline });
  #id = 0;

  protected readonly ids = {
    event: (): string => uuid(7, (this.#id += 1)),
    stream: (category: string, ...names: readonly string[]): string => uuid(6, `${category}/${names.join("/")}`.length),
  };

  async request({
    number,
    vendor,
    wedding,
    defaultTier,
    dueIn,
    deadlineIn,
    highIn,
    criticalIn,
  }: NewWork): Promise<void> {
    const stream = uuid(1, number);
    if ((await this.log.readStream("execution", stream)).length > 0) return;
    const { now } = this;
    const work: Work = {
      vendor,
      wedding: `w${wedding}`,
      weddingStream: uuid(2, wedding),
      moduleType: "email",
      definitionVersion: 1,
      market: "united-kingdom",
      zone: "Europe/London",
      scheduleVersion: await this.#book(wedding),
      window: {
        highFrom: now + highIn,
        criticalFrom: now + highIn + criticalIn,
        criticalUntil: now + highIn + criticalIn + 60,
      },
      defaultTier,
      dueAt: now + dueIn,
      deadline: now + dueIn + deadlineIn,
      expiresAt: now + dueIn + 100_000,
      onLate: "run",
      effect: "keyed",
      attempts: 0,
      lost: 0,
    };
    await this.append("execution", stream, {
      type: "ExecutionRequested",
      data: { work, when: { kind: "now" }, bodyDigest: "d", timeZoneData: "test", sealed },
    });
  }

  /** Moves a wedding: its guard refuses stale claims from now on, its pending work follows with `follow`. */
  async move(wedding: number): Promise<void> {
    const version = (await this.log.readStream("wedding", uuid(2, wedding))).length;
    if (version === 0) return;
    const schedule = { date: "2027-06-12", endDate: "2027-06-12", zone: "Europe/London", scheduleVersion: version + 1 };
    await this.append("wedding", uuid(2, wedding), { type: "WeddingMoved", data: schedule });
  }

  async follow(): Promise<void> {
    for (const row of this.log.rows("pending")) {
      const { execution, work } = rowToPendingItem(row);
      const scheduleVersion = (await this.log.readStream("wedding", work.weddingStream)).length;
      if (scheduleVersion === work.scheduleVersion) continue;
      const next = { ...work, scheduleVersion, deadline: work.deadline + 3 };
      await this.append("execution", execution, {
        type: "ExecutionRescheduled",
        data: { work: next, cause: "wedding_moved" },
      });
    }
  }

  /** The oldest open attempt ends: well, or with another attempt later. */
  async end(retryIn: number | undefined): Promise<void> {
    const [open] = this.log.rows("open_attempt");
    if (open === undefined) return;
    const stream = String(open["execution"]);
    const attempt = Number(open["attempt"]);
    const provider = "smtp";
    if (retryIn === undefined)
      return await this.append("execution", stream, { type: "ExecutionSucceeded", data: { attempt, provider } });
    let work: Work | undefined;
    for (const event of await this.log.readStream("execution", stream))
      if ("work" in event.data) work = event.data["work"] as unknown as Work;
    if (work === undefined) return;
    await this.append("execution", stream, {
      type: "ExecutionFailed",
      data: { attempt, provider, code: "busy", retryable: true },
    });
    const next = { ...work, attempts: attempt, dueAt: this.now + retryIn };
    await this.append("execution", stream, {
      type: "ExecutionRetryScheduled",
      data: { work: next, delayMs: retryIn, reason: { code: "backoff" } },
    });
  }

  async hold(scope: string, held: boolean): Promise<void> {
    const event: DispatchEvent = held
      ? { type: "ScopePaused", data: { scope, cause: "requested" } }
      : { type: "ScopeResumed", data: { scope } };
    await this.append("hold", uuid(3, scope.length * 100 + scope.charCodeAt(scope.length - 1)), event);
  }

  async activate(change: Partial<DispatchPolicy>): Promise<void> {
    const stream = this.ids.stream("dispatch", "policy");
    const version = (await this.log.readStream("dispatch", stream)).length + 1;
    const policy = { ...defaultDispatchPolicy, ...change, version };
    await this.append("dispatch", stream, { type: "DispatchPolicyActivated", data: { policy } });
  }

  async events(): Promise<readonly RecordedEvent[]> {
    return await this.log.read({ after: 0n, limit: 10_000 });
  }

  async #book(wedding: number): Promise<number> {
    const version = (await this.log.readStream("wedding", uuid(2, wedding))).length;
    if (version > 0) return version;
    await this.append("wedding", uuid(2, wedding), {
      type: "WeddingBooked",
      data: {
        weddingId: `w${wedding}`,
        date: "2027-06-12",
        endDate: "2027-06-12",
        zone: "Europe/London",
        scheduleVersion: 1,
        market: "united-kingdom",
        sealed,
        detailsDigest: "d",
      },
    });
    return 1;
  }

  protected meta() {
    return { source: "/test", correlationId: "test", actor: "system:test", region: "test" };
  }

  protected async append(
    category: string,
    stream: string,
    event: DispatchEvent | ExecutionEvent | WeddingEvent,
  ): Promise<void> {
    const version = (await this.log.readStream(category, stream)).length;
    const codec = category === "execution" || category === "wedding" ? codecs[category] : codecs.dispatch;
    const encoded = (codec as { encode: (each: unknown) => ReturnType<typeof codecs.dispatch.encode> }).encode(event);
    const result = await this.log.append({
      class: "normal",
      meta: { ...this.meta(), time: this.now },
      streams: [{ category, stream, expectedVersion: version, events: [{ id: this.ids.event(), ...encoded }] }],
    });
    if (!result.ok) throw new Error(result.code);
  }
}
