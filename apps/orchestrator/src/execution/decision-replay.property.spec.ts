// Gate 1 over random histories: what a dispatcher decided is what its recorded inputs give, and nothing else.
import type { RecordedEvent } from "@wedsync/event-log";
import { DecisionReplay, type Difference } from "@wedsync/scheduler";
import * as fc from "fast-check";
import { DispatchWorld } from "../testing/dispatch-world.js";

const scopes = ["vendor:a", "tier:normal", "tier:low", "wedding:b/w2"];
const scope = fc.constantFrom(...scopes);
const work = fc.record({
  number: fc.integer({ min: 1, max: 400 }),
  vendor: fc.constantFrom("a", "b", "c"),
  wedding: fc.integer({ min: 1, max: 4 }),
  defaultTier: fc.constantFrom("critical" as const, "high" as const, "normal" as const, "low" as const),
  dueIn: fc.integer({ min: -5, max: 60 }),
  deadlineIn: fc.integer({ min: 0, max: 40 }),
  highIn: fc.integer({ min: -20, max: 90 }),
  criticalIn: fc.integer({ min: 0, max: 40 }),
});
type Step = (world: DispatchWorld) => Promise<void> | void;
const wait = fc.integer({ min: 0, max: 25 }).map(
  (by): Step =>
    (world) =>
      void (world.now += by),
);
const usual = fc.oneof(
  // What a quiet dispatcher does, so that histories get far.
  {
    weight: 16,
    arbitrary: fc.integer({ min: 1, max: 6 }).map((credits): Step => async (world) => {
      await world.see(100);
      world.tick(credits, 1);
      await world.answer(0);
    }),
  },
  {
    weight: 6,
    arbitrary: fc.constant<Step>(async (world) => {
      await world.load(false);
      await world.arrive();
    }),
  },
  {
    weight: 30,
    arbitrary: work.map(
      (each): Step =>
        (world) =>
          world.request(each),
    ),
  },
  { weight: 8, arbitrary: wait },
  {
    weight: 12,
    arbitrary: fc.integer({ min: 1, max: 12 }).map(
      (limit): Step =>
        (world) =>
          world.see(limit),
    ),
  },
  {
    weight: 14,
    arbitrary: fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 })).map(
      ([credits, critical]): Step =>
        (world) =>
          world.tick(credits, critical),
    ),
  },
  {
    weight: 12,
    arbitrary: fc.nat(1).map(
      (which): Step =>
        (world) =>
          world.answer(which),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.boolean().map(
      (wanted): Step =>
        (world) =>
          world.load(wanted),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>((world) => world.compare()) },
  { weight: 6, arbitrary: fc.constant<Step>((world) => world.arrive()) },
  {
    weight: 6,
    arbitrary: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }).map(
      (retryIn): Step =>
        (world) =>
          world.end(retryIn),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(scope, fc.boolean()).map(
      ([name, held]): Step =>
        (world) =>
          world.hold(name, held),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: 4 }).map(
      (each): Step =>
        (world) =>
          world.move(each),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Step>((world) => world.follow()) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        lowGuarantee: fc.constantFrom(0, 0.05, 0.4),
        vendorWeights: fc.constantFrom({}, { a: 3 }, { b: 0.5, c: 2 }),
      })
      .map(
        (change): Step =>
          (world) =>
            world.activate(change),
      ),
  },
);
const trouble = fc.oneof(
  { weight: 40, arbitrary: usual },
  { weight: 1, arbitrary: fc.constant<Step>((world) => world.lose()) },
  { weight: 1, arbitrary: fc.constant<Step>((world) => world.lead()) },
);

async function historyOf(steps: readonly Step[]): Promise<readonly RecordedEvent[]> {
  const world = new DispatchWorld();
  await world.lead();
  await world.load(true);
  await world.arrive();
  for (const step of steps) await step(world);
  while (world.made.length > 0) await world.answer(0);
  // REL-5: a comparison with the table never finds drift where there is none.
  expect(world.drift).toBe(0);
  return await world.events();
}

function replayed(events: readonly RecordedEvent[]) {
  const differences: Difference[] = [];
  const replay = new DecisionReplay((difference) => differences.push(difference));
  for (const event of events) replay.see(event);
  return { ...replay.finish(), differences };
}

type Decision = { readonly chosen: readonly Record<string, unknown>[]; readonly [name: string]: unknown };
const decisionsOf = (events: readonly RecordedEvent[]) => events.filter((event) => event.type === "DispatchDecided");
const chosenBy = (event: RecordedEvent) => (event.data as unknown as Decision).chosen;
const withData = (events: readonly RecordedEvent[], at: RecordedEvent, data: object): readonly RecordedEvent[] =>
  events.map((event) => (event === at ? { ...event, data: { ...event.data, ...data } } : event));
const codesOf = (events: readonly RecordedEvent[]) => replayed(events).differences.map(({ code }) => code);

const long = { minLength: 60, maxLength: 220, size: "max" } as const;

describe("RPL-4 gate 1, INVARIANTS 33 and 52", () => {
  it("recorded decisions and starts are recomputed without a difference: overlap, passing commits, refusals, holds, moves, retries, loads in any order", async () => {
    let decisions = 0;
    let starts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(usual, long), async (steps) => {
        const found = replayed(await historyOf(steps));
        expect(found.differences).toEqual([]);
        expect(found.notRecomputable).toBe(0);
        decisions += found.decisions;
        starts += found.starts;
      }),
      { numRuns: 250 },
    );
    // Not vacuous.
    expect(decisions).toBeGreaterThan(1_000);
    expect(starts).toBeGreaterThan(1_000);
  });

  it("appends that were never answered and changes of the leader make no difference either", async () => {
    let decisions = 0;
    let lost = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, long), async (steps) => {
        const found = replayed(await historyOf(steps));
        expect(found.differences).toEqual([]);
        decisions += found.decisions;
        lost += found.notRecomputable;
      }),
      { numRuns: 250 },
    );
    expect(decisions).toBeGreaterThan(1_000);
    expect(lost).toBeLessThan(decisions / 4);
  });
});

/** A history and one of its decisions that chose at least so much. */
const withDecision = async (steps: readonly Step[], pick: number, atLeast: number) => {
  const events = await historyOf(steps);
  const decisions = decisionsOf(events).filter((event) => chosenBy(event).length >= atLeast);
  const decision = decisions[pick % Math.max(1, decisions.length)];
  return { events, decision };
};

describe("INVARIANTS 50 and 52: a log that was tampered with differs", () => {
  const runs = { numRuns: 80 };
  const steps = fc.array(usual, long);

  it("one changed reason is one difference, at its position", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (given, pick) => {
        const { events, decision } = await withDecision(given, pick, 1);
        if (decision === undefined) return;
        const [first, ...others] = chosenBy(decision);
        const chosen = [
          { ...first, reason: first?.["reason"] === "tier_order" ? "critical_first" : "tier_order" },
          ...others,
        ];
        expect(replayed(withData(events, decision, { chosen })).differences).toMatchObject([
          { code: "reason_differs", position: decision.position, field: "chosen/0/reason" },
        ]);
      }),
      runs,
    );
  });

  it("one changed tier is one difference", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (given, pick) => {
        const { events, decision } = await withDecision(given, pick, 1);
        if (decision === undefined) return;
        const [first, ...others] = chosenBy(decision);
        const chosen = [{ ...first, tier: first?.["tier"] === "low" ? "high" : "low" }, ...others];
        expect(codesOf(withData(events, decision, { chosen }))).toEqual(["tier_differs"]);
      }),
      runs,
    );
  });

  it("two choices that changed places are one difference", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (given, pick) => {
        const { events, decision } = await withDecision(given, pick, 2);
        if (decision === undefined) return;
        const [first, second, ...others] = chosenBy(decision);
        const chosen = [second, first, ...others];
        expect(codesOf(withData(events, decision, { chosen }))).toEqual(["choice_differs"]);
      }),
      runs,
    );
  });

  it("a start with another tier or reason than its work gives is one difference", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (given, pick) => {
        const events = await historyOf(given);
        const starts = events.filter((event) => event.type === "ExecutionStarted");
        const start = starts[pick % Math.max(1, starts.length)];
        if (start === undefined) return;
        expect(codesOf(withData(events, start, { reasons: [{ code: "invented" }] }))).toEqual(["start_differs"]);
      }),
      runs,
    );
  });

  it("one event that is missing is found, and a decision also when the positions were closed up behind it", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (given, pick) => {
        const events = await historyOf(given);
        const without = events.toSpliced(pick % events.length, 1);
        if (pick % events.length < events.length - 1) expect(codesOf(without)).toContain("position_gap");
        const claimed = decisionsOf(events).find((event) =>
          events.some((start) => start.data["handover"] === chosenBy(event)[0]?.["handover"]),
        );
        if (claimed === undefined) return;
        const closed = events
          .filter((event) => event !== claimed)
          .map((event, index) => ({ ...event, position: BigInt(index + 1) }));
        expect(codesOf(closed)).toContain("start_without_decision");
      }),
      runs,
    );
  });
});
