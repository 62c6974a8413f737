// The wedding overview: the read model `weddings` with sums of the read model `executions`. Each has its own position in
// the log, so that the counts may be a moment older or newer than the date.
import { executionId, problem, type Caller } from "@wedsync/adapter-http";
import { z } from "zod";
import { calendarDate, type weddingsQuery } from "../contract/shapes.js";
import { decodeCursor, encodeCursor } from "./cursor.js";
import type { QuerySource } from "./execution-queries.js";
import { scopeOf } from "./scope.js";
import { shownStatus } from "./status-sql.js";

interface WeddingRow {
  readonly wedding_stream: string;
  readonly vendor: string;
  readonly wedding: string;
  readonly date: string;
  readonly end_date: string;
  readonly zone: string;
  readonly market: string;
  readonly status: string;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly next_due: string | null;
}

const weddingsKey = z.tuple([calendarDate, executionId]);

const overview = (schema: string): string => `
  select w.wedding_stream, w.vendor, w.wedding, w.date::text as date, w.end_date::text as end_date, w.zone, w.market, w.status,
         c.counts, c.next_due
    from ${schema}.weddings w
    left join lateral (
      select jsonb_object_agg(status, n) as counts, min(next_due) as next_due
        from (select ${shownStatus} as status, count(*) as n, min(e.due_at) filter (where e.status = 'pending') as next_due
                from ${schema}.executions e where e.wedding_stream = w.wedding_stream group by 1) s) c on true`;

function viewOf(row: WeddingRow) {
  return {
    weddingId: row.wedding,
    vendorId: row.vendor,
    date: row.date,
    endDate: row.end_date,
    timeZone: row.zone,
    market: row.market,
    status: row.status,
    counts: row.counts ?? {},
    ...(row.next_due === null ? {} : { nextDueAt: new Date(Number(row.next_due)).toISOString() }),
  };
}

/** Weddings by date. */
export async function listWeddings(
  { reader, schema }: QuerySource,
  query: z.output<typeof weddingsQuery>,
  caller: Caller,
) {
  const scope = scopeOf(caller, query.vendor);
  const [date, stream] = decodeCursor(query.cursor, weddingsKey) ?? [];
  const rows = await reader.query<WeddingRow>(
    scope,
    `${overview(schema)}
      where ($1::text is null or w.vendor = $1) and ($2::date is null or w.date >= $2) and ($3::date is null or w.date <= $3)
        and ($4::date is null or (w.date, w.wedding_stream) > ($4, $5::uuid))
      order by w.date, w.wedding_stream limit $6`,
    [query.vendor ?? null, query.from ?? null, query.to ?? null, date ?? null, stream ?? null, query.limit],
  );
  const last = rows.length === query.limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(viewOf),
    ...(last === undefined ? {} : { nextCursor: encodeCursor([last.date, last.wedding_stream]) }),
  };
}

/** @throws ProblemError 404 when the read model has no such wedding */
export async function oneWedding({ reader, schema }: QuerySource, vendor: string, wedding: string, caller: Caller) {
  const [row] = await reader.query<WeddingRow>(
    scopeOf(caller, vendor),
    `${overview(schema)} where w.vendor = $1 and w.wedding = $2`,
    [vendor, wedding],
  );
  if (row === undefined) throw problem(404, "wedding_unknown", "The read model has no such wedding (yet).");
  return viewOf(row);
}
