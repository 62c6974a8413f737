// The lag as operators see it: by read model, with what this process does about each generation.
import type { ProjectionLag } from "@wedsync/adapter-postgres";
import type { FollowerStatus } from "../projections/follower.js";

export function generationViews(
  lags: readonly ProjectionLag[],
  stateOf: (lag: ProjectionLag) => FollowerStatus | undefined,
) {
  const models = new Map<string, object[]>();
  for (const lag of lags) {
    const generations = models.get(lag.model) ?? [];
    models.set(lag.model, generations);
    generations.push({
      generation: lag.generation,
      modelVersion: lag.modelVersion,
      status: lag.status,
      state: stateOf(lag) ?? "other_build",
      epoch: lag.epoch,
      position: String(lag.position),
      head: String(lag.head),
      eventsBehind: lag.eventsBehind,
      millisecondsBehind: lag.millisecondsBehind,
      ...(lag.lastRecordedAt === undefined ? {} : { lastRecordedAt: new Date(lag.lastRecordedAt).toISOString() }),
      aheadOfLog: lag.isAheadOfLog,
      parkedStreams: lag.parkedCount,
      parked: lag.parked.map((entry) => ({ ...entry, position: String(entry.position) })),
    });
  }
  return [...models].map(([name, generations]) => ({ name, generations }));
}
