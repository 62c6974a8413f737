// Invariants 38 and 39: read models are what the log says, also while one takes over from another.
import type { Evidence } from "../evidence/rows.js";
import { finding, notChecked, type Finding } from "./finding.js";
import type { Case } from "./history.js";

export function checkReadModels(found: Case): readonly Finding[] {
  const { tables, projection, generations } = found;
  const head = found.events.at(-1)?.position ?? 0;
  return [
    finding(
      38,
      "every read model and each of its generations stands at the head, has parked nothing, and is what a rebuild gives",
      [
        ...tables.parked,
        ...(projection.position >= head ? [] : [{ position: projection.position, head }]),
        ...(projection.live === projection.rebuilt ? [] : [{ live: projection.live, rebuilt: projection.rebuilt }]),
        ...(generations.length === 0 ? [{ reason: "the aggregator has no read model" }] : []),
        ...generations.flatMap((one) =>
          one.position >= head && one.parked === 0 && one.status !== "building" ? [] : [{ ...one, head }],
        ),
        ...unverified(found),
      ],
      `${generations.length} generations of the aggregator`,
    ),
    switched(found),
  ];
}

/** Generations that `replay verify` did not fold again, or folded to something else. */
function unverified({ generations, replayDiff, replayChecks }: Evidence): readonly unknown[] {
  if (replayDiff === null) return [];
  return generations.flatMap(({ name }) => {
    const check = replayChecks.find((one) => one.name === name);
    return check?.ok === true ? [] : [{ name, verified: check ?? "not compared" }];
  });
}

function switched({ events, polls, modelPolls }: Case): Finding {
  const title = "a client never reads an older state than one it read before, through a switch of generations";
  const switches = events.filter(({ type }) => type === "ProjectionSwitched").map((event) => event.recordedAt);
  const across = modelPolls.spans.filter(([first, last]) => switches.some((at) => first < at && at < last)).length;
  const regressions = [...polls.regressions, ...modelPolls.regressions];
  const reads = `${modelPolls.count} reads of the read model and ${polls.count} of histories`;
  if (regressions.length === 0 && switches.length === 0) return notChecked(39, title, `no switch happened; ${reads}`);
  if (regressions.length === 0 && across === 0)
    return notChecked(39, title, `nothing was read both before and after a switch; ${reads}`);
  return finding(
    39,
    title,
    regressions,
    `${reads}; ${across} executions before and after one of ${switches.length} switches`,
  );
}
