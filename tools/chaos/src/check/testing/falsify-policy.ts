// Falsified decisions and lanes: invariants 30-36 and 52.
import type { EventRow, Evidence } from "../../evidence/rows.js";
import { decisionsOf } from "../decisions.js";
import { firstOf, indexOf, isType, withData, withEvent, type Falsification } from "./edit.js";

type Chosen = readonly Readonly<Record<string, unknown>>[];
const chosenOf = (data: EventRow["data"]): Chosen => data["chosen"] as Chosen;

/** Other data in the first decision that no hold was around. */
const withFreeDecision = (evidence: Evidence, change: (data: EventRow["data"]) => EventRow["data"]): Evidence => {
  const { position } = firstOf(decisionsOf(evidence.events), (decision) => !decision.isAroundHold);
  return withEvent(
    evidence,
    (event) => event.position === position,
    (event) => ({ ...event, data: change(event.data) }),
  );
};

export const policyFalsifications: readonly Falsification[] = [
  {
    what: "one start on an older schedule",
    expected: [30],
    falsify: (evidence) => withData(evidence, "ExecutionStarted", (data) => ({ ...data, scheduleVersion: 0 })),
  },
  {
    what: "a start while everything was paused",
    expected: [31],
    falsify: (evidence) => {
      const index = indexOf(evidence.events, isType("ExecutionStarted"));
      const pause = {
        ...(evidence.events[index] as EventRow),
        category: "hold",
        type: "ScopePaused",
        data: { scope: "platform" },
      };
      return { ...evidence, events: evidence.events.toSpliced(index, 0, pause) };
    },
  },
  {
    what: "one recorded tier changed",
    expected: [33, 52],
    falsify: (evidence) =>
      withData(evidence, "ExecutionStarted", (data) => ({ ...data, tier: data["tier"] === "low" ? "high" : "low" })),
  },
  {
    what: "one recorded reason of a start changed",
    expected: [33, 52],
    falsify: (evidence) =>
      withData(evidence, "ExecutionStarted", (data) => ({ ...data, reasons: [{ code: "because" }] })),
  },
  {
    what: "one tier of a choice changed",
    expected: [33, 52],
    falsify: (evidence) =>
      withData(evidence, "DispatchDecided", (data) => ({
        ...data,
        chosen: chosenOf(data).map((one) => ({ ...one, tier: one["tier"] === "low" ? "high" : "low" })),
      })),
  },
  {
    what: "critical work left behind while other work was chosen",
    expected: [34],
    falsify: (evidence) =>
      withFreeDecision(evidence, (data) => ({
        ...data,
        due: { critical: 1_000 },
        chosen: chosenOf(data).map((one) => ({ ...one, tier: "normal", reason: "tier_order" })),
      })),
  },
  {
    what: "low work that got nothing of many credits",
    expected: [34],
    falsify: (evidence) =>
      withFreeDecision(evidence, (data) => ({
        ...data,
        credits: 1_000_000,
        due: { low: 50 },
        chosen: chosenOf(data).map((one) => ({ ...one, tier: "high" })),
      })),
  },
  {
    what: "a worker with more attempts than slots",
    expected: [35],
    falsify: (evidence) => ({
      ...evidence,
      samples: evidence.samples.map((sample) => ({
        ...sample,
        open: Object.fromEntries(sample.leases.map(({ worker, slots }) => [worker, slots + 1])),
      })),
    }),
  },
  {
    what: "a lane that stood still with work and workers",
    expected: [36],
    falsify: (evidence) => {
      const after = Math.max(
        evidence.drainedAt,
        evidence.samples.at(-1)?.at ?? 0,
        evidence.events.at(-1)?.recordedAt ?? 0,
      );
      const idle = Array.from({ length: 60 }, (_, index) => ({
        at: after + (index + 1) * 200,
        leases: [{ worker: "w", counter: index, slots: 1 }],
        open: {},
        due: 1,
        holds: 0,
      }));
      return { ...evidence, samples: [...evidence.samples, ...idle] };
    },
  },
  {
    what: "one hand-over dropped",
    expected: [36, 52],
    falsify: (evidence) => {
      const { handover } = firstOf(evidence.events, isType("ExecutionStarted")).data;
      const isIts = (event: EventRow): boolean =>
        event.type === "DispatchDecided" && chosenOf(event.data).some((one) => one["handover"] === handover);
      return withEvent(evidence, isIts, (event) => ({
        ...event,
        data: { ...event.data, chosen: chosenOf(event.data).filter((one) => one["handover"] !== handover) },
      }));
    },
  },
  {
    what: "more chosen than there were credits",
    expected: [36],
    falsify: (evidence) =>
      withData(evidence, "DispatchDecided", (data) => ({ ...data, credits: 0, criticalCredits: 0 })),
  },
  {
    what: "credits below nothing",
    expected: [36],
    falsify: (evidence) => withData(evidence, "DispatchDecided", (data) => ({ ...data, credits: -1 })),
  },
  {
    what: "more handed to a worker than it has slots",
    expected: [36],
    falsify: (evidence) =>
      withData(evidence, "DispatchDecided", (data) => {
        const [one] = chosenOf(data);
        const more = Array.from({ length: 200 }, (_, index) => ({ ...one, handover: `more-${index}` }));
        return { ...data, credits: 1_000, chosen: [...chosenOf(data), ...more] };
      }),
  },
  {
    what: "one recorded reason of a choice changed",
    expected: [52],
    falsify: (evidence) =>
      withData(evidence, "DispatchDecided", (data) => ({
        ...data,
        chosen: chosenOf(data).map((one, at) => (at === 0 ? { ...one, reason: "because" } : one)),
      })),
  },
];
