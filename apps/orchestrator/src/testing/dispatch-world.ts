// A dispatcher on a log in memory whose every step a test chooses: when the log is followed, when a snapshot arrives, when
// a tick's append is answered and how. What it writes is what a real one writes.
import type { DispatchEvent, Tier } from "@wedsync/contracts/scheduler";
import type { Row } from "@wedsync/event-log";
import { claimOf, dispatchPolicyAt, indexSnapshot, rowToPendingItem, type ChosenItem } from "@wedsync/scheduler";
import { DueWork, type TickRecord } from "../execution/due-work.js";
import { codecs, uuid, WorldLog } from "./world-log.js";

const worker = uuid(8, 1);
const limits = { horizonMs: 40, perTier: 4, most: 20 };

interface Made {
  readonly record: TickRecord;
  readonly due: Partial<Record<Tier, number>>;
  readonly choices: readonly (ChosenItem & { readonly handover: string })[];
}

export class DispatchWorld extends WorldLog {
  /** Ticks whose append was not answered yet. */
  made: Made[] = [];
  epoch = 0;
  #dueWork: DueWork | undefined;
  #arrive: (() => void)[] = [];

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
    this.#dueWork = new DueWork(reader, head, await dispatchPolicyAt(head, { log: this.log, ids: this.ids }), limits);
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
      this.made.push({ record, due, choices: chosen.map((each) => ({ ...each, handover: this.ids.event() })) });
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
        newId: this.ids.event,
        meta: this.meta(),
      }),
    );
    const decision = {
      class: "normal" as const,
      meta: { ...this.meta(), time: this.now },
      streams: [
        {
          category: "dispatch",
          stream: this.ids.event(),
          expectedVersion: 0,
          events: [{ id: this.ids.event(), ...codecs.dispatch.encode(event) }],
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

  #snapshot(options: { dueBefore: number; perTier: number; now: number }): readonly Row[] {
    const rows = new Map(this.log.rows("pending").map((row) => [String(row["execution"]), row]));
    return indexSnapshot([...rows.values()].map(rowToPendingItem), options).flatMap(({ execution }) => {
      const row = rows.get(execution);
      return row === undefined ? [] : [row];
    });
  }
}

/** Lets promises that are due run. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};
