// The checker is checked: on the smallest run that every check has something to look at.
import { notInRun } from "./not-in-run.js";
import { check } from "./check.js";
import { differencesOf } from "./replayed.js";
import { falsifications } from "./testing/falsifications.js";
import { smallEvidence } from "./testing/small-evidence.js";
import type { Evidence } from "../evidence/rows.js";

const found = (evidence: Evidence) => check(evidence).invariants;
const idsOf = (evidence: Evidence, state: string): readonly number[] =>
  found(evidence).flatMap((one) => (one.state === state ? [one.id] : []));
const only = (id: number, evidence: Evidence) => found(evidence).find((one) => one.id === id);

describe("the checks of a run", () => {
  const evidence = smallEvidence();
  const absent = notInRun().map(({ id }) => id);

  it("INVARIANTS 50: every invariant of the list is named, with a reason where it cannot be checked", () => {
    expect(found(evidence).map(({ id }) => id)).toStrictEqual(Array.from({ length: 53 }, (_, index) => index + 1));
    expect(idsOf(evidence, "violated")).toStrictEqual([]);
    // 49: so small a run meets nothing.
    expect(idsOf(evidence, "not checked")).toStrictEqual([...absent, 49].toSorted((left, right) => left - right));
    for (const { state, note } of found(evidence)) if (state === "not checked") expect(note).not.toBe("");
  });

  it("INVARIANTS 50: there is a planted corruption for every invariant that a run checks", () => {
    const falsified = new Set(falsifications.flatMap(({ expected }) => expected));
    const checked = found(evidence).flatMap(({ id }) => (absent.includes(id) ? [] : [id]));
    expect(checked.filter((id) => !falsified.has(id))).toStrictEqual([]);
  });

  it.each(falsifications)("INVARIANTS 50: notices $what", ({ expected, falsify }) => {
    const red = idsOf(falsify(evidence), "violated");
    expect(expected.filter((id) => red.includes(id))).toStrictEqual(expected);
    expect(check(falsify(evidence)).ok).toBe(false);
  });

  it("INVARIANTS 52: the decisions of a run replay with difference 0, those of the run with one tampered reason with 1", () => {
    const tampering = falsifications.find(({ what }) => what === "one recorded reason of a choice changed");
    expect(differencesOf(evidence.events)).toStrictEqual([]);
    expect(differencesOf(tampering?.falsify(evidence).events ?? [])).toMatchObject([{ code: "reason_differs" }]);
  });

  it("INVARIANTS 49: a small run that met too little is not checked, a large one fails, and a calm one had nothing to meet", () => {
    expect(only(49, evidence)).toMatchObject({ state: "not checked" });
    expect(only(49, evidence)?.note).toMatch(/^too few executions, 5 of 20000: kill-api 0/);
    expect(only(49, { ...evidence, asked: 20_000 })).toMatchObject({ state: "violated" });
    expect(only(49, { ...evidence, asked: 20_000, faultKinds: [] })).toMatchObject({ state: "not checked" });
  });

  it("INVARIANTS 27: a doubt without an effect needs a fault that met its attempt while it was unfinished", () => {
    const [execution] = evidence.doubts;
    const unseen = { ...evidence, effects: evidence.effects.filter((effect) => effect.execution !== execution) };
    expect(only(27, unseen)).toMatchObject({ state: "holds" });
    const [fault] = evidence.faults;
    if (fault === undefined) throw new Error("no fault");
    const other = (more: object) => ({ ...unseen, faults: [{ ...fault, ...more }] });
    expect(only(27, other({ worker: "another" }))).toMatchObject({ state: "violated" });
    expect(only(27, other({ at: evidence.drainedAt, until: evidence.drainedAt }))).toMatchObject({ state: "violated" });
    expect(only(27, other({ at: 0, until: 0 }))).toMatchObject({ state: "violated" });
    expect(only(27, { ...unseen, faults: [] })).toMatchObject({ state: "violated" });
  });

  it("INVARIANTS 12 18 39: what could not have failed in a run is not checked", () => {
    const refusing = evidence.accepted.filter(({ status }) => status < 400);
    expect(only(12, { ...evidence, accepted: refusing })).toMatchObject({ state: "not checked" });
    const events = evidence.events.filter(({ type }) => type !== "ExecutionAttemptLost");
    expect(only(18, { ...evidence, events })).toMatchObject({ state: "not checked" });
    const unread = { ...evidence, modelPolls: { ...evidence.modelPolls, spans: [] } };
    expect(only(39, unread)).toMatchObject({ state: "not checked" });
    const still = evidence.events.filter(({ type }) => type !== "ProjectionSwitched");
    expect(only(39, { ...evidence, events: still })).toMatchObject({ state: "not checked" });
  });
});
