// Invariants 35 and 36, as far as one machine without provider limits has them: slots are never overdrawn, neither by attempts
// nor by hand-overs, and due work with somebody to do it never stands still.
import type { SampleRow } from "../evidence/rows.js";
import { finding, type Finding } from "./finding.js";
import { crowded, overspent, unhanded } from "./hand-overs.js";
import { started, type Case } from "./history.js";

const frozenMs = 10_000;
/** Without a look for so long the database was away or busy: nobody could work, and what was seen before says nothing. */
const blindMs = 1_000;

export function checkLanes(found: Pick<Case, "events" | "samples" | "leaseTermMs">): readonly Finding[] {
  return [
    finding(
      35,
      "a worker never has more open attempts than slots",
      found.samples.flatMap(overdrawn),
      `${found.samples.length} samples; not checked: limits of providers, which the run's have none of`,
    ),
    finding(
      36,
      "hand-overs fit into slots and credits, every start answers one, and with due work, no hold and live workers something starts in every ten seconds",
      [...frozen(found), ...overspent(found.events), ...unhanded(found.events), ...crowded(found)],
      "hand-overs are counted at each decision; not checked: between decisions, when no one outside sees them",
    ),
  ];
}

function overdrawn({ at, leases, open }: SampleRow): readonly unknown[] {
  return leases.flatMap(({ worker, slots }) =>
    (open[worker] ?? 0) > slots ? [{ at, worker, open: open[worker], slots }] : [],
  );
}

function frozen({ events, samples }: Pick<Case, "events" | "samples">): readonly unknown[] {
  const starts = events.flatMap((event) => (event.type === started ? [event.recordedAt] : []));
  const instants = [samples[0]?.at ?? 0, ...starts, samples.at(-1)?.at ?? 0];
  return instants.slice(1).flatMap((until, index) => {
    const since = instants[index] ?? until;
    if (until - since < frozenMs) return [];
    const between = samples.filter(({ at }) => at > since && at < until);
    // Ten seconds of samples in a row that all say: somebody could work, and somebody should.
    let idleSince: number | undefined;
    let lookedAt = Number.NEGATIVE_INFINITY;
    for (const { at, due, holds, leases } of between) {
      if (at - lookedAt > blindMs) idleSince = undefined;
      lookedAt = at;
      if (due === 0 || holds > 0 || leases.length === 0) idleSince = undefined;
      else idleSince ??= at;
      if (idleSince !== undefined && at - idleSince >= frozenMs) return [{ since, until, idleSince, due }];
    }
    return [];
  });
}
