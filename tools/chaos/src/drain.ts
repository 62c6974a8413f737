// The end of a run: nobody is hurt any more, and the platform gets time to finish what is due.
import type { Pool } from "pg";
import type { Client } from "./load/client.js";
import { ownReadModels } from "./read-models.js";
import { sleep } from "./wait.js";

interface State {
  readonly due: string;
  readonly open: string;
  readonly behind: string;
  readonly leases: string;
  readonly now: string;
}

const look = `
select (select count(*) from wedsync.pending
         where not held and due_at <= (extract(epoch from clock_timestamp()) * 1000)::int8 + 60000) as due,
       (select count(*) from wedsync.open_attempt) as open,
       (select coalesce(max(position), 0) from wedsync.events)
         - coalesce((select min(position) from wedsync.projection where name = any($1) having count(*) = $2), 0) as behind,
       (select count(*) from wedsync.worker) as leases,
       (extract(epoch from clock_timestamp()) * 1000)::int8 as now`;

export interface Drained {
  readonly isDrained: boolean;
  /** Database time. */
  readonly at: number;
}

/** Releases every hold, then waits until nothing is due or open, every view has caught up and dead leases are gone. @throws when the signal aborts */
export async function drain(
  client: Client,
  pool: Pool,
  workers: number,
  patienceMs: number,
  onLook: (due: number, state: object) => void,
  signal: AbortSignal,
): Promise<Drained> {
  const { body } = await client.call("GET", "/v1/status");
  for (const { scope } of (body["holds"] ?? []) as readonly { readonly scope: string }[])
    await client.call("POST", "/v1/release", { scope });
  const until = performance.now() + patienceMs;
  let quiet = 0;
  for (;;) {
    const { rows } = await pool.query<State>(look, [ownReadModels, ownReadModels.length]);
    const { due, open, behind, leases, now } = rows[0] ?? { due: "1", open: "1", behind: "1", leases: "0", now: "0" };
    onLook(Number(due) + Number(open), { due, open, behind, leases });
    const isQuiet = due === "0" && open === "0" && behind === "0" && Number(leases) === workers;
    quiet = isQuiet ? quiet + 1 : 0;
    // Twice: an attempt's end and the retry it leads to are one append, but a lease and its sweep are not.
    if (quiet >= 2 || performance.now() > until) return { isDrained: quiet >= 2, at: Number(now) };
    await sleep(150, signal);
    signal.throwIfAborted();
  }
}

/** Every execution that the platform lists as a doubt, over all pages. */
export async function listDoubts(client: Client): Promise<readonly string[]> {
  const doubts: string[] = [];
  let cursor = "";
  do {
    const { body } = await client.call("GET", `/v1/executions?status=uncertain&limit=200${cursor}`);
    for (const { executionId } of body["items"] as readonly { readonly executionId: string }[])
      doubts.push(executionId);
    cursor = typeof body["nextCursor"] === "string" ? `&cursor=${body["nextCursor"]}` : "";
  } while (cursor !== "");
  return doubts;
}
