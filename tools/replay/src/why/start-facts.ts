// The decision behind a start, and what the dispatcher did while the attempt waited.
import type { LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import { createCodec } from "@wedsync/contracts";
import { dispatchEvents } from "@wedsync/contracts/scheduler";
import type { Tier } from "@wedsync/scheduler";
import { scanLog } from "../scan-log.js";
import type { Watch } from "../watch.js";
import { assertReadable } from "../unreadable.js";
import type { StartFacts, Step } from "./facts.js";

const dispatch = createCodec(dispatchEvents);

/** @param accepted position at which the execution was accepted */
export async function startFacts(
  snapshot: LogSnapshot,
  start: Step,
  { dueAt, accepted }: { readonly dueAt: number; readonly accepted: bigint },
  watch: Watch,
): Promise<StartFacts> {
  const handover = start.event.type === "ExecutionStarted" ? start.event.data.handover : "";
  const due = await snapshot.positionAt(dueAt);
  const after = due > accepted ? due : accepted;
  const others: Partial<Record<Tier, number>> = {};
  let ticks = 0;
  let decision: StartFacts["decision"];
  const filter = { after: after - 1n, until: start.position, types: ["DispatchDecided"] };
  for await (const events of scanLog(snapshot, filter, watch)) {
    for (const event of events) {
      assertReadable(event);
      const decoded = dispatch.decode(event);
      if (!decoded.ok || decoded.event.type !== "DispatchDecided") continue;
      const { data } = decoded.event;
      const place = data.chosen.findIndex((choice) => choice.handover === handover);
      if (place !== -1) decision = { position: event.position, data, place };
      else {
        ticks += 1;
        for (const { tier } of data.chosen) others[tier] = (others[tier] ?? 0) + 1;
      }
    }
  }
  return { ...(decision === undefined ? {} : { decision }), wait: { ticks, others } };
}
