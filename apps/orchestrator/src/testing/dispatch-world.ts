// A dispatcher on a log in memory whose every step a test chooses: when the log is followed, when a snapshot arrives, when
// a tick's append is answered and how. What it writes is what a real one writes.
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
import { createMemoryLog, type MemoryLog, type RecordedEvent, type Row } from "@wedsync/event-log";
import {
  claimOf,
  defaultDispatchPolicy,
  dispatchPolicyAt,
  indexSnapshot,
  rowToPendingItem,
  schedulerInline,
  type ChosenItem,
} from "@wedsync/scheduler";
import { DueWork, type TickRecord } from "../execution/due-work.js";

const codecs = {
  execution: createCodec(executionEvents),
  wedding: createCodec(weddingEvents),
  dispatch: createCodec(dispatchEvents),
};
export const uuid = (kind: number, number: number): string =>
  `00000000-0000-5000-8000-${String(kind).padStart(4, "0")}${String(number).padStart(8, "0")}`;
const sealed = { key: uuid(9, 1), iv: "", tag: "", body: "" };
const worker = uuid(8, 1);
const limits = { horizonMs: 40, perTier: 4, most: 20 };

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

interface Made {
  readonly record: TickRecord;
  readonly due: Partial<Record<Tier, number>>;
  readonly choices: readonly (ChosenItem & { readonly handover: string })[];
}

export class DispatchWorld {
  now = 1_000;
  readonly log: MemoryLog = createMemoryLog({ clock: { now: () => this.now }, inline: schedulerInline });
  /** Ticks whose append was not answered yet. */
  made: Made[] = [];
  epoch = 0;
  #dueWork: DueWork | undefined;
  #arrive: (() => void)[] = [];
  #id = 0;

  readonly #ids = {
    event: (): string => uuid(7, (this.#id += 1)),
    stream: (category: string, ...names: readonly string[]): string => uuid(6, `${category}/${names.join("/")}`.length),
  };

  /** A leader that has just begun. */
  async lead(): Promise<void> {
    this.epoch += 1;
    this.log.setLeader("dispatcher", this.epoch);
    this.made = [];
    this.#arrive = [];
    const head = await this.log.head();
    const reader = {
      snapshot: async (options: { dueBefore: number; perTier: number; now: number }) => {
        const taken = {
          head: await this.log.head(),
          items: this.#snapshot(options),
          guards: this.log.rows("guard").flatMap(({ key }) => (String(key).startsWith("hold:") ? [String(key)] : [])),
        };
        await new Promise<void>((resolve) => this.#arrive.push(resolve));
        return taken;
      },
    };
    this.#dueWork = new DueWork(reader, head, await dispatchPolicyAt(head, { log: this.log, ids: this.#ids }), limits);
  }

  /** Begins a load where one is needed, or wanted; its snapshot stays on its way until `arrive`. */
  async load(wanted: boolean): Promise<void> {
    const view = this.#dueWork;
    if (view === undefined || (view.restarting && this.made.length > 0)) return;
    if (view.needsLoad(this.now) || (wanted && this.#arrive.length === 0)) {
      void view.load(this.now);
      await settle();
    }
  }

  /** Begins a comparison of memory with the table, where one may be made. */
  async compare(): Promise<void> {
    const view = this.#dueWork;
    if (view === undefined || !view.needsComparison(Number.POSITIVE_INFINITY)) return;
    void view.compare(this.now);
    await settle();
  }

  /** What comparisons found so far, over all leaders. */
  drift = 0;

  async arrive(): Promise<void> {
    for (const resolve of this.#arrive.splice(0)) resolve();
    await settle();
    this.drift += this.#dueWork?.takeDrift() ?? 0;
  }

  /** Follows the log by some events. */
  async see(limit: number): Promise<void> {
    const view = this.#dueWork;
    if (view !== undefined) view.see(await this.log.read({ after: view.asOf, limit }));
    this.drift += view?.takeDrift() ?? 0;
  }

  tick(credits: number, criticalCredits: number): void {
    const view = this.#dueWork;
    if (view === undefined || this.made.length >= 2 || !view.isReady(this.now)) return;
    const { record, due, chosen } = view.tick({ now: this.now, credits, criticalCredits });
    if (record !== undefined)
      this.made.push({ record, due, choices: chosen.map((each) => ({ ...each, handover: this.#ids.event() })) });
  }

  /** Answers a tick: appends the decision and its claims. Ticks may pass each other. */
  async answer(which: number): Promise<void> {
    const [tick] = this.made.splice(which % Math.max(1, this.made.length), 1);
    if (tick === undefined) return;
    const { record, due, choices } = tick;
    const leader = { role: "dispatcher", epoch: this.epoch };
    const chosen = choices.map(({ item, tier, reason, handover }) => ({
      execution: item.execution,
      attempt: item.work.attempts + 1,
      handover,
      tier,
      worker,
      reason: reason.code,
    }));
    const event: DispatchEvent = { type: "DispatchDecided", data: { ...record, due, chosen } };
    const claims = choices.map(({ item, handover }) =>
      claimOf(item, {
        handover,
        worker,
        now: record.now,
        policyVersion: record.policyVersion,
        timeZoneData: "test",
        leader,
        newId: this.#ids.event,
        meta: this.#meta(),
      }),
    );
    const decision = {
      class: "normal" as const,
      meta: { ...this.#meta(), time: this.now },
      streams: [
        {
          category: "dispatch",
          stream: this.#ids.event(),
          expectedVersion: 0,
          events: [{ id: this.#ids.event(), ...codecs.dispatch.encode(event) }],
        },
      ],
      leader,
    };
    const [, ...results] = await this.log.appendTogether([
      decision,
      ...claims.flatMap((claim) => (claim === undefined ? [] : [claim.request])),
    ]);
    for (const [place, result] of results.entries()) {
      const item = choices[place]?.item;
      if (!result.ok && result.code === "guard_refused" && item !== undefined) this.#dueWork?.giveBack(item);
    }
  }

  /** A tick's append stays unanswered: it never reached the log. */
  lose(): void {
    if (this.made.pop() !== undefined) this.#dueWork?.restart();
  }

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
    await this.#append("execution", stream, {
      type: "ExecutionRequested",
      data: { work, when: { kind: "now" }, bodyDigest: "d", timeZoneData: "test", sealed },
    });
  }

  /** Moves a wedding: its guard refuses stale claims from now on, its pending work follows with `follow`. */
  async move(wedding: number): Promise<void> {
    const version = (await this.log.readStream("wedding", uuid(2, wedding))).length;
    if (version === 0) return;
    const schedule = { date: "2027-06-12", endDate: "2027-06-12", zone: "Europe/London", scheduleVersion: version + 1 };
    await this.#append("wedding", uuid(2, wedding), { type: "WeddingMoved", data: schedule });
  }

  async follow(): Promise<void> {
    for (const row of this.log.rows("pending")) {
      const { execution, work } = rowToPendingItem(row);
      const scheduleVersion = (await this.log.readStream("wedding", work.weddingStream)).length;
      if (scheduleVersion === work.scheduleVersion) continue;
      const next = { ...work, scheduleVersion, deadline: work.deadline + 3 };
      await this.#append("execution", execution, {
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
      return await this.#append("execution", stream, { type: "ExecutionSucceeded", data: { attempt, provider } });
    let work: Work | undefined;
    for (const event of await this.log.readStream("execution", stream))
      if ("work" in event.data) work = event.data["work"] as unknown as Work;
    if (work === undefined) return;
    await this.#append("execution", stream, {
      type: "ExecutionFailed",
      data: { attempt, provider, code: "busy", retryable: true },
    });
    const next = { ...work, attempts: attempt, dueAt: this.now + retryIn };
    await this.#append("execution", stream, {
      type: "ExecutionRetryScheduled",
      data: { work: next, delayMs: retryIn, reason: { code: "backoff" } },
    });
  }

  async hold(scope: string, held: boolean): Promise<void> {
    const event: DispatchEvent = held
      ? { type: "ScopePaused", data: { scope, cause: "requested" } }
      : { type: "ScopeResumed", data: { scope } };
    await this.#append("hold", uuid(3, scope.length * 100 + scope.charCodeAt(scope.length - 1)), event);
  }

  async activate(change: Partial<DispatchPolicy>): Promise<void> {
    const stream = this.#ids.stream("dispatch", "policy");
    const version = (await this.log.readStream("dispatch", stream)).length + 1;
    const policy = { ...defaultDispatchPolicy, ...change, version };
    await this.#append("dispatch", stream, { type: "DispatchPolicyActivated", data: { policy } });
  }

  async events(): Promise<readonly RecordedEvent[]> {
    return await this.log.read({ after: 0n, limit: 10_000 });
  }

  #snapshot(options: { dueBefore: number; perTier: number; now: number }): readonly Row[] {
    const rows = new Map(this.log.rows("pending").map((row) => [String(row["execution"]), row]));
    return indexSnapshot([...rows.values()].map(rowToPendingItem), options).flatMap(({ execution }) => {
      const row = rows.get(execution);
      return row === undefined ? [] : [row];
    });
  }

  async #book(wedding: number): Promise<number> {
    const version = (await this.log.readStream("wedding", uuid(2, wedding))).length;
    if (version > 0) return version;
    await this.#append("wedding", uuid(2, wedding), {
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

  #meta() {
    return { source: "/test", correlationId: "test", actor: "system:test", region: "test" };
  }

  async #append(category: string, stream: string, event: DispatchEvent | ExecutionEvent | WeddingEvent): Promise<void> {
    const version = (await this.log.readStream(category, stream)).length;
    const codec = category === "execution" || category === "wedding" ? codecs[category] : codecs.dispatch;
    const encoded = (codec as { encode: (each: unknown) => ReturnType<typeof codecs.dispatch.encode> }).encode(event);
    const result = await this.log.append({
      class: "normal",
      meta: { ...this.#meta(), time: this.now },
      streams: [{ category, stream, expectedVersion: version, events: [{ id: this.#ids.event(), ...encoded }] }],
    });
    if (!result.ok) throw new Error(result.code);
  }
}

/** Lets promises that are due run. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};
