// Looks at leases, open attempts and due work from outside, several times a second.
import type { Pool } from "pg";
import type { SampleRow } from "../evidence/rows.js";
import { repeat } from "../wait.js";

interface Sampled {
  readonly at: string;
  readonly leases: SampleRow["leases"] | null;
  readonly open: SampleRow["open"] | null;
  readonly due: string;
  readonly holds: string;
}

const look = `
select (extract(epoch from clock_timestamp()) * 1000)::int8 as at,
       (select json_agg(json_build_object('worker', incarnation, 'counter', counter, 'slots', slots)) from wedsync.worker) as leases,
       (select json_object_agg(worker, n) from (select worker, count(*) as n from wedsync.open_attempt group by worker) o) as open,
       (select count(*) from wedsync.pending p
         where not held and due_at <= (extract(epoch from clock_timestamp()) * 1000)::int8
           and exists (select from wedsync.guard g
                        where g.key = 'wedding:' || p.wedding_stream::text and g.value = p.schedule_version::text)) as due,
       (select count(*) from wedsync.guard where key like 'hold:%') as holds`;

/** Samples until the signal aborts; an instant at which the database does not answer leaves no sample. */
export async function watchSamples(pool: Pool, everyMs: number, signal: AbortSignal): Promise<readonly SampleRow[]> {
  const samples: SampleRow[] = [];
  await repeat(everyMs, signal, async () => {
    const { rows } = await pool.query<Sampled>({ name: "chaos_sample", text: look });
    const [row] = rows;
    if (row === undefined) return;
    samples.push({
      at: Number(row.at),
      leases: row.leases ?? [],
      open: row.open ?? {},
      due: Number(row.due),
      holds: Number(row.holds),
    });
  });
  return samples;
}
