// When a platform stands still, and when it only could not work.
import type { EventRow, SampleRow } from "../evidence/rows.js";
import { started } from "./history.js";
import { checkLanes } from "./lanes.js";

const look = (at: number, more: Partial<SampleRow> = {}): SampleRow => ({
  at,
  leases: [{ worker: "w", counter: at, slots: 2 }],
  open: {},
  due: 5,
  holds: 0,
  ...more,
});
/** A look every 200 ms from one instant to another. */
const looks = (from: number, to: number, more: Partial<SampleRow> = {}): readonly SampleRow[] =>
  Array.from({ length: (to - from) / 200 }, (_, index) => look(from + index * 200, more));
/** Starts at these instants, each with the decision that it answers. */
const startsAt = (...instants: readonly number[]): readonly EventRow[] =>
  instants.flatMap((recordedAt, index) => {
    const handover = { handover: `h-${index}`, worker: "w" };
    const chosen = [{ ...handover, execution: "e", tier: "normal", reason: "tier_order" }];
    const decision = {
      tick: index,
      now: recordedAt,
      asOf: "0",
      credits: 1,
      criticalCredits: 0,
      due: {},
      givenBack: [],
      chosen,
    };
    return [
      { type: "DispatchDecided", recordedAt, data: decision },
      { type: started, recordedAt, stream: "e", data: handover },
      { type: "ExecutionSucceeded", recordedAt, stream: "e", data: {} },
    ].map((event, place) => ({ ...event, position: index * 3 + place + 1 }) as unknown as EventRow);
  });
const states = (samples: readonly SampleRow[], events: readonly EventRow[] = []) =>
  Object.fromEntries(checkLanes({ events, samples, leaseTermMs: 1_500 }).map(({ id, state }) => [id, state]));

describe("lanes", () => {
  it("INVARIANTS 36: due work that nobody starts for ten seconds is a violation", () => {
    expect(states(looks(0, 12_000))).toMatchObject({ 36: "violated" });
    expect(states(looks(0, 30_000), startsAt(9_000, 18_000, 27_000))).toMatchObject({ 36: "holds" });
    expect(states(looks(0, 30_000), startsAt(9_000))).toMatchObject({ 36: "violated" });
  });

  it("INVARIANTS 36: none while all is held, while there is no worker, or while the database could not be asked", () => {
    const halves = (between: readonly SampleRow[]) => [...looks(0, 8_000), ...between, ...looks(16_000, 24_000)];
    expect(states(halves(looks(8_000, 16_000)))).toMatchObject({ 36: "violated" });
    expect(states(halves(looks(8_000, 16_000, { holds: 1 })))).toMatchObject({ 36: "holds" });
    expect(states(halves(looks(8_000, 16_000, { leases: [] })))).toMatchObject({ 36: "holds" });
    expect(states(halves(looks(8_000, 16_000, { due: 0 })))).toMatchObject({ 36: "holds" });
    expect(states(halves([]))).toMatchObject({ 36: "holds" });
  });

  it("INVARIANTS 35: a worker with more open attempts than slots is a violation", () => {
    expect(states([look(0, { open: { w: 2 } })])).toMatchObject({ 35: "holds" });
    expect(states([look(0, { open: { w: 3 } })])).toMatchObject({ 35: "violated" });
  });
});
