// Falsified tables, read models and circumstances: invariants 37-39, 49 and 51-53.
import { indexOf, withTable, type Falsification } from "./edit.js";

export const stateFalsifications: readonly Falsification[] = [
  {
    what: "one guard row dropped",
    expected: [37],
    falsify: (evidence) => withTable(evidence, "guard", (rows) => rows.slice(1)),
  },
  {
    what: "one pending row dropped",
    expected: [37],
    falsify: (evidence) =>
      withTable(evidence, "pending", (rows) =>
        rows.toSpliced(
          indexOf(rows, () => true),
          1,
        ),
      ),
  },
  {
    what: "one pending row of an older schedule",
    expected: [37, 53],
    falsify: (evidence) =>
      withTable(evidence, "pending", (rows) =>
        rows.map((row, at) => (at === 0 ? { ...row, schedule_version: 0 } : row)),
      ),
  },
  {
    what: "a rebuild that gave something else",
    expected: [38],
    falsify: (evidence) => ({ ...evidence, projection: { ...evidence.projection, rebuilt: "another" } }),
  },
  {
    what: "a read model that stands behind",
    expected: [38],
    falsify: (evidence) => ({ ...evidence, projection: { ...evidence.projection, position: 1 } }),
  },
  {
    what: "a generation of the aggregator that stands behind",
    expected: [38],
    falsify: ({ generations, ...evidence }) => ({
      ...evidence,
      generations: generations.map((one, at) => (at === 0 ? { ...one, position: 1 } : one)),
    }),
  },
  {
    what: "a generation that parked a stream",
    expected: [38],
    falsify: ({ generations, ...evidence }) => ({
      ...evidence,
      generations: generations.map((one, at) => (at === 0 ? { ...one, parked: 1 } : one)),
    }),
  },
  {
    what: "a generation that the replay found different",
    expected: [38, 52],
    falsify: ({ generations, replayChecks, ...evidence }) => {
      const { name } = generations[indexOf(generations, () => true)] ?? {};
      const checks = replayChecks.map((check) => (check.name === name ? { ...check, ok: false, count: 1 } : check));
      return { ...evidence, generations, replayChecks: checks };
    },
  },
  {
    what: "an older state of a read model read after a newer one",
    expected: [39],
    falsify: ({ modelPolls, ...evidence }) => ({
      ...evidence,
      modelPolls: { ...modelPolls, regressions: [{ before: 2, after: 1 }] },
    }),
  },
  {
    what: "a history that became shorter",
    expected: [39],
    falsify: ({ polls, ...evidence }) => ({
      ...evidence,
      polls: { ...polls, regressions: [{ before: 2, after: 1 }] },
    }),
  },
  {
    what: "a long run in which nothing difficult happened",
    expected: [49],
    falsify: (evidence) => ({ ...evidence, asked: 20_000, faults: [] }),
  },
  {
    what: "durability switched off",
    expected: [51],
    falsify: (evidence) => ({ ...evidence, settings: { ...evidence.settings, fsync: "off" } }),
  },
  {
    what: "a check of `replay verify` other than the decisions that was red",
    expected: [52],
    falsify: (evidence) => ({
      ...evidence,
      replayChecks: evidence.replayChecks.map((check) =>
        check.name === "contracts" ? { ...check, ok: false, count: 1 } : check,
      ),
    }),
  },
  {
    what: "a difference that only the tool found",
    expected: [52],
    falsify: (evidence) => ({ ...evidence, replayDiff: 1 }),
  },
];
