// Has the log lost its newest events? What read it knows: a checkpoint of the log's present epoch beyond its end. Adopting the log
// raises the epoch, and with it accepts the loss.
import type { ClientBase, Pool } from "pg";
import { adapterError } from "./errors.js";

export interface LostTail {
  /** The projection that has seen the most. */
  readonly projection: string;
  /** Position up to which it has read the log. */
  readonly seen: bigint;
  /** Position at which the log ends. */
  readonly head: bigint;
}

/** Of the schema's own projections; undefined when all of them stand inside the log. */
export async function findLostTail(client: ClientBase | Pool, schema: string): Promise<LostTail | undefined> {
  const { rows } = await client.query<{ name: string; position: string; head: string }>(
    `select p.name, p.position, e.head
       from ${schema}.projection p join ${schema}.log_head h on h.epoch = p.epoch,
            (select coalesce(max(position), 0) as head from ${schema}.events) e
      where p.position > e.head order by p.position desc limit 1`,
  );
  const row = rows[0];
  return row && { projection: row.name, seen: BigInt(row.position), head: BigInt(row.head) };
}

export const lostTailText = ({ projection, seen, head }: LostTail): string =>
  `The log ends at position ${head}, but ${projection} has read it up to ${seen}: its newest events are lost. ` +
  "Restore them, or accept the loss with `npx pnpm@12 wedsync log adopt --yes`.";

/** Appending to such a log would give the lost positions to other events. @throws AdapterError `log_truncated` */
export async function assertNoLostTail({ pool, schema }: { readonly pool: Pool; readonly schema: string }) {
  const lost = await findLostTail(pool, schema);
  if (lost !== undefined) throw adapterError("log_truncated", lostTailText(lost));
}
