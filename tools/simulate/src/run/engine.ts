// The season on a simulated clock: an event-driven loop over work that falls due, work that ends, slots that have booted and
// questions to the capacity policy. What starts next is decided by the platform's own index and dispatch policy, not by a
// model of them. No wall clock and no randomness: the same demand and policy give the same run.
import { createPendingIndex, defaultDispatchPolicy, latenessAt, type DispatchPolicy } from "@wedsync/scheduler";
import TinyQueue from "tinyqueue";
import type { CapacityController } from "./capacity-controller.js";
import { firstDueFrom, type Demand } from "./demand.js";
import { LiveView } from "./live-view.js";
import { mailLateness, pendingItems, type LatenessTimes } from "./pending-items.js";
import { SlotPool, type CapacityChange } from "./slot-pool.js";
import { Waits } from "./waits.js";

const dayMs = 24 * 3_600_000;
const never = Number.POSITIVE_INFINITY;

export interface RunOptions {
  /** Start, epoch milliseconds; earlier work is taken as done. */
  readonly from: number;
  /** End, epoch milliseconds, not included; work that is due before it is still finished. */
  readonly to: number;
  /** How long a slot takes from being asked for to being ready, milliseconds. */
  readonly bootMs: number;
  /** The platform's when absent. */
  readonly dispatch?: DispatchPolicy;
  /** Those of mails when absent. */
  readonly late?: LatenessTimes;
  /** Called for each start: the execution's number and the instant. */
  readonly onStart?: (execution: number, now: number) => void;
}

export interface RunResult {
  readonly waits: ReturnType<Waits["summary"]>;
  readonly started: number;
  /** Dropped unstarted because they had expired. */
  readonly expired: number;
  /** Cancelled with their wedding while they waited. */
  readonly withdrawn: number;
  /** How often the number of slots asked for changed. */
  readonly scalings: number;
  /** Paid slots over time. */
  readonly capacity: readonly CapacityChange[];
}

/**
 * Runs a season. Yields the simulated time about once a simulated day, so that the caller can show progress and be stopped;
 * the return value is the result.
 */
export function* runSeason(
  demand: Demand,
  controller: CapacityController,
  options: RunOptions,
): Generator<number, RunResult, void> {
  const { due, serviceMs } = demand;
  const { from, to, dispatch = defaultDispatchPolicy } = options;
  const index = createPendingIndex();
  const pool = new SlotPool(controller.initial, from, options.bootMs);
  const ends = new TinyQueue<number>();
  const waits = new Waits();
  const itemOf = pendingItems(demand, options.late ?? mailLateness);
  const cancelled = cancellationsFrom(demand, from);
  const last = firstDueFrom(due, to);
  const view = new LiveView(due, firstDueFrom(due, from), controller.initial, from);
  const tally = { started: 0, expired: 0, withdrawn: 0, scalings: 0 };
  let arrival = firstDueFrom(due, from);
  let cancellation = 0;
  let askAt = from;
  let now = from;
  let yieldAt = from + dayMs;
  const nextDue = (): number => (arrival < last ? (due[arrival] ?? never) : never);
  const nextEnd = (): number => ends.peek() ?? never;

  for (;;) {
    const next = Math.min(nextDue(), nextEnd(), pool.nextReadyAt, askAt);
    // Past the end only what is left is finished.
    const isLeft = view.waiting > 0 || nextEnd() < never;
    if (next === never || (next >= to && !isLeft)) break;
    now = next;
    for (; nextEnd() <= now; ends.pop()) pool.finish(now);
    pool.advance(now);
    for (; nextDue() <= now; arrival += 1) {
      index.put(itemOf(arrival));
      view.arrive();
    }
    withdraw();
    view.at(now, pool.running);
    if (now >= askAt) {
      scale(controller.decide(view));
      startDue();
      view.at(now, pool.running);
      askAt = controller.nextAt(view, Math.min(nextDue(), nextEnd()));
    } else startDue();
    if (now >= yieldAt) {
      yieldAt = now + dayMs;
      yield now;
    }
  }
  return { ...tally, waits: waits.summary(), capacity: pool.changes };

  function scale(slots: number): void {
    if (slots === view.target) return;
    tally.scalings += 1;
    view.target = slots;
    pool.resize(slots, now);
  }

  /** A cancelled wedding takes its waiting work with it. */
  function withdraw(): void {
    for (let next = cancelled[cancellation]; next !== undefined && next.at <= now; next = cancelled[cancellation]) {
      for (const execution of view.waitingOf(next.wedding, demand.wedding)) {
        index.remove(String(execution));
        view.leave(execution);
        tally.withdrawn += 1;
      }
      cancellation += 1;
    }
  }

  function startDue(): void {
    while (pool.free > 0 && view.waiting > 0) {
      // As the dispatcher counts its seats: the reserve is a share of all slots, and only critical work may use it.
      const criticalCredits = Math.min(pool.free, Math.floor(pool.ready * dispatch.criticalReserve));
      const credits = pool.free - criticalCredits;
      const { chosen } = index.nextBatch({ now, credits, criticalCredits, policy: dispatch });
      const expired = tally.expired;
      for (const { item, tier } of chosen) {
        const execution = Number(item.execution);
        view.leave(execution);
        if (latenessAt(now, item.work).decision === "start") {
          waits.add(tier, now - item.work.dueAt, now > item.work.deadline);
          pool.start();
          ends.push(now + (serviceMs[execution] ?? 0));
          tally.started += 1;
          options.onStart?.(execution, now);
        } else tally.expired += 1;
      }
      // A dropped execution leaves its slot to the next one.
      if (tally.expired === expired) return;
    }
  }
}

function cancellationsFrom({ weddings }: Demand, from: number): readonly { at: number; wedding: number }[] {
  const found: { at: number; wedding: number }[] = [];
  weddings.cancelledAt.forEach((at, wedding) => {
    if (at >= from && at < never) found.push({ at, wedding });
  });
  return found.sort((a, b) => a.at - b.at || a.wedding - b.wedding);
}
