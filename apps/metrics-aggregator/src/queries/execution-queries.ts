// Queries on the read model `executions`.
import { executionId, id, problem, type Caller } from "@wedsync/adapter-http";
import type { ScopedReader } from "@wedsync/adapter-postgres";
import { z } from "zod";
import { calendarDate, type countsQuery } from "../contract/shapes.js";
import { decodeCursor, encodeCursor } from "./cursor.js";
import { scopeOf } from "./scope.js";
import { shownStatus } from "./status-sql.js";

export interface QuerySource {
  readonly reader: ScopedReader;
  /** Schema of the read models. */
  readonly schema: string;
}

interface ExecutionRow {
  readonly execution: string;
  readonly vendor: string;
  readonly wedding: string;
  readonly module_type: string;
  readonly day: string;
  readonly status: string;
  readonly due_at: string;
  readonly version: number;
}

interface CountRow {
  readonly vendor: string;
  readonly module_type: string;
  readonly day: string;
  readonly counts: Readonly<Record<string, number>>;
}

const countsKey = z.tuple([id, id, calendarDate]);

/** @throws ProblemError 404 also for an execution of another vendor: it does not exist for this caller */
export async function oneExecution({ reader, schema }: QuerySource, execution: string, caller: Caller) {
  const [row] = await reader.query<ExecutionRow>(
    scopeOf(caller),
    `select e.execution, e.vendor, e.wedding, e.module_type, e.day::text as day, ${shownStatus} as status, e.due_at, e.version
       from ${schema}.executions e where e.execution = $1`,
    [executionId.parse(execution)],
  );
  if (row === undefined) throw problem(404, "execution_unknown", "The read model has no such execution (yet).");
  return {
    executionId: row.execution,
    vendorId: row.vendor,
    weddingId: row.wedding,
    moduleType: row.module_type,
    day: row.day,
    status: row.status,
    dueAt: new Date(Number(row.due_at)).toISOString(),
    version: row.version,
  };
}

/** Sums by vendor, module type and day, in this order. */
export async function executionCounts(
  { reader, schema }: QuerySource,
  query: z.output<typeof countsQuery>,
  caller: Caller,
) {
  const scope = scopeOf(caller, query.vendor);
  const [vendor, moduleType, day] = decodeCursor(query.cursor, countsKey) ?? [];
  const rows = await reader.query<CountRow>(
    scope,
    `select vendor, module_type, day::text as day, jsonb_object_agg(status, n) as counts
       from (select e.vendor, e.module_type, e.day, ${shownStatus} as status, count(*) as n
               from ${schema}.executions e
              where ($1::text is null or e.vendor = $1) and ($2::text is null or e.module_type = $2)
                and ($3::date is null or e.day >= $3) and ($4::date is null or e.day <= $4)
                and ($5::text is null or (e.vendor, e.module_type, e.day) > ($5, $6::text, $7::date))
              group by 1, 2, 3, 4) c
      group by 1, 2, 3 order by 1, 2, 3 limit $8`,
    [
      query.vendor ?? null,
      query.moduleType ?? null,
      query.from ?? null,
      query.to ?? null,
      vendor ?? null,
      moduleType ?? null,
      day ?? null,
      query.limit,
    ],
  );
  const items = rows.map((row) => ({
    vendorId: row.vendor,
    moduleType: row.module_type,
    day: row.day,
    counts: row.counts,
  }));
  const last = items.length === query.limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last === undefined ? {} : { nextCursor: encodeCursor([last.vendorId, last.moduleType, last.day]) }),
  };
}
