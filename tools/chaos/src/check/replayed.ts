// Invariant 52, and that the replay tool agrees with everything else it looks at.
import { DecisionReplay, type Difference } from "@wedsync/scheduler";
import type { RecordedEvent } from "@wedsync/event-log";
import { finding, notChecked, type Finding } from "./finding.js";
import type { Case } from "./history.js";
import { onceALog } from "./once-a-log.js";

export function checkReplay({ events, replayDiff, replayChecks, replayFindings }: Case): Finding {
  const title =
    "decisions recomputed from their recorded inputs are the recorded ones, and `replay verify` finds all the same";
  // The tool judges the database; here the log as it was collected is judged, so that a copy with one thing wrong can be.
  const recomputed = differencesOf(events);
  const red = replayChecks.filter((check) => !check.ok);
  const found = [
    ...recomputed.map(({ position, ...difference }) => ({ position: Number(position), ...difference })),
    ...red.map(({ name, count }) => ({ check: name, count, findings: replayFindings.slice(0, 5) })),
    ...(replayDiff !== null && replayDiff > 0 && red.length === 0 ? [{ difference: replayDiff }] : []),
  ];
  if (replayDiff === null && found.length === 0) return notChecked(52, title, "this build has no replay tool");
  return finding(52, title, found, `${replayChecks.length} checks of \`replay verify\``);
}

/** What a recomputation of every decision and start would make otherwise. */
export const differencesOf = onceALog((events): readonly Difference[] => {
  const differences: Difference[] = [];
  const replay = new DecisionReplay((difference) => differences.push(difference));
  for (const { position, eventId, version, leaderEpoch, ...event } of events)
    replay.see({
      ...event,
      position: BigInt(position),
      id: eventId,
      streamVersion: version,
      epoch: 1,
      ...(leaderEpoch === null ? {} : { leaderEpoch }),
    } as unknown as RecordedEvent);
  replay.finish();
  return differences;
});
