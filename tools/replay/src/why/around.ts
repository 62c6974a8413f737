// What held the work back and which season policies were in force, from the whole log up to a position.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents, type Work } from "@wedsync/contracts/scheduler";
import type { RecordedEvent } from "@wedsync/event-log";
import { scopesOf } from "@wedsync/scheduler";
import { scanLog } from "../scan-log.js";
import type { Watch } from "../watch.js";
import { activatedPolicy } from "../state/season-fold.js";
import { assertReadable } from "../unreadable.js";
import type { Facts, HoldFact } from "./facts.js";
import type { InForce } from "./season.js";

const dispatch = createCodec(dispatchEvents);

/** Holds of its scopes, and season policies, up to a position. */
export async function aroundOf(
  snapshot: LogSnapshot,
  work: Work | undefined,
  until: bigint,
  watch: Watch,
): Promise<Pick<Facts, "holds" | "policies">> {
  const scopes = new Set<string>(work === undefined ? [] : scopesOf(work));
  const holds: HoldFact[] = [];
  const policies: InForce[] = [];
  const filter = { until, types: ["ScopePaused", "ScopeResumed", "SeasonPolicyActivated"] };
  for await (const events of scanLog(snapshot, filter, watch)) {
    for (const event of events) {
      assertReadable(event);
      const policy = activatedPolicy(event);
      if (policy !== undefined) policies.push({ position: event.position, policy });
      const hold = holdOf(event);
      if (hold !== undefined && (scopes.has(hold.scope) || hold.scope.startsWith("tier:"))) holds.push(hold);
    }
  }
  return { holds, policies };
}

function holdOf(event: RecordedEvent): HoldFact | undefined {
  const decoded = dispatch.decode(event);
  if (!decoded.ok) return undefined;
  const { type, data } = decoded.event;
  if (type !== "ScopePaused" && type !== "ScopeResumed") return undefined;
  return {
    at: event.recordedAt,
    scope: data.scope,
    held: type === "ScopePaused",
    cause: type === "ScopePaused" ? data.cause : "",
    actor: event.meta.actor,
  };
}
