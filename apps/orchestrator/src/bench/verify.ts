// Was the work really done? A benchmark that lost or doubled an execution has no result.
import type { Pool } from "pg";

const expected = "ExecutionRequested,ExecutionStarted,ExecutionSucceeded";

/** Every execution has exactly its three events, in order, and nothing is pending or open. @throws when not */
export async function assertAllDone(pool: Pool, schema: string, executions: number): Promise<void> {
  const { rows } = await pool.query<{ good: string; all: string; pending: string; open: string }>(
    `with streams as (
       select string_agg(type, ',' order by version) as types from ${schema}.events where category = 'execution' group by stream)
     select (select count(*) from streams where types = $1) as good, (select count(*) from streams) as all,
            (select count(*) from ${schema}.pending) as pending, (select count(*) from ${schema}.open_attempt) as open`,
    [expected],
  );
  const found = rows[0];
  const isDone =
    Number(found?.good) === executions &&
    Number(found?.all) === executions &&
    Number(found?.pending) === 0 &&
    Number(found?.open) === 0;
  if (!isDone)
    throw new Error(`Of ${executions} executions not every one ended as it should: ${JSON.stringify(found)}`);
}
