// Invariants 30, 31 and 33: nothing starts against what was known at its position, and for the reason that was written.
import { scopesOf, tierAt, type TierWindow, type Work } from "@wedsync/scheduler";
import type { EventRow } from "../evidence/rows.js";
import { decisionsOf, type Decision } from "./decisions.js";
import { finding, type Finding } from "./finding.js";
import { dataNumber, dataText, started, workBefore, workOf, type Case } from "./history.js";

interface Seen {
  readonly stale: unknown[];
  readonly forbidden: unknown[];
}

/** One pass over the log in its order, with what each start could have known. */
function walk(events: readonly EventRow[]): Seen {
  const schedules = new Map<string, { version: number; isCancelled: boolean }>();
  const paused = new Set<string>();
  const works = new Map<string, Work>();
  const cancelled = new Set<string>();
  const seen: Seen = { stale: [], forbidden: [] };
  for (const event of events) {
    const { category, type, stream, position } = event;
    if (category === "wedding" && event.data["scheduleVersion"] !== undefined)
      schedules.set(stream, {
        version: dataNumber(event, "scheduleVersion"),
        isCancelled: type === "WeddingCancelled",
      });
    if (type === "ScopePaused") paused.add(dataText(event, "scope"));
    if (type === "ScopeResumed") paused.delete(dataText(event, "scope"));
    if (category !== "execution") continue;
    if (type === "ExecutionCancelled" || type === "CancelRequested") cancelled.add(stream);
    if (type === "RedriveApproved") cancelled.delete(stream);
    const work = works.get(stream);
    if (type === started && work !== undefined) {
      const schedule = schedules.get(work.weddingStream);
      const version = dataNumber(event, "scheduleVersion");
      if (schedule?.version !== version) seen.stale.push({ position, stream, version, known: schedule?.version });
      const scopes = [...scopesOf(work), `tier:${dataText(event, "tier")}`].filter((scope) => paused.has(scope));
      if (scopes.length > 0) seen.forbidden.push({ position, stream, paused: scopes });
      if (schedule?.isCancelled === true) seen.forbidden.push({ position, stream, reason: "wedding cancelled" });
      if (cancelled.has(stream)) seen.forbidden.push({ position, stream, reason: "cancelled" });
    }
    works.set(stream, workOf(event) ?? work ?? ({} as Work));
  }
  return seen;
}

export function checkGuards(found: Case): readonly Finding[] {
  const { stale, forbidden } = walk(found.events.toSorted((left, right) => left.position - right.position));
  const holds = found.events.filter((event) => event.type === "ScopePaused").length;
  const moves = found.events.filter((event) => event.type === "WeddingMoved").length;
  const decisions = decisionsOf(found.events);
  const seconds = new Set(decisions.map(({ now }) => Math.floor(now / 1_000))).size;
  return [
    finding(30, "a start names the newest schedule of its wedding", stale, `${moves} moves`),
    finding(31, "nothing starts in a paused scope, or after a cancel", forbidden, `${holds} holds`),
    finding(
      33,
      "the recorded tier and its reasons follow from the recorded inputs, at each start and in each decision",
      [
        ...[...found.histories.values()].flatMap((history) =>
          history.events.flatMap((event) =>
            event.type === started ? misjudged(event, workBefore(history, event)) : [],
          ),
        ),
        ...decisions.flatMap((decision) => misplaced(decision, found.histories)),
      ],
      `the index shows its tiers in ${decisions.length} decisions, in ${seconds} different seconds; not checked: in other seconds, when nobody sees it`,
    ),
  ];
}

/** Choices whose tier was not that of their work at the instant and position of the decision. */
function misplaced({ position, now, asOf, chosen }: Decision, histories: Case["histories"]): readonly unknown[] {
  return chosen.flatMap(({ execution, tier: recorded }) => {
    const known = histories.get(execution)?.events.filter((event) => event.position <= asOf) ?? [];
    const work = known.map(workOf).findLast((found) => found !== undefined);
    const computed = work === undefined ? undefined : tierAt(now, work.window, work.defaultTier).tier;
    return computed === recorded ? [] : [{ position, execution, recorded, computed }];
  });
}

function misjudged(event: EventRow, work: Work | undefined): readonly unknown[] {
  if (work === undefined) return [{ position: event.position, reason: "no work" }];
  const { tier, reasons } = tierAt(dataNumber(event, "now"), event.data["window"] as TierWindow, work.defaultTier);
  const isSame = event.data["tier"] === tier && JSON.stringify(event.data["reasons"]) === JSON.stringify(reasons);
  return isSame ? [] : [{ position: event.position, recorded: event.data["tier"], computed: tier }];
}
