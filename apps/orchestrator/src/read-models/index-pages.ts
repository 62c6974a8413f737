// Page by page, which streams the read models know, and for which of them the rows beside the log do not fit that. A read model
// lags: what does not fit is only a reason to look at the stream.
import type { Pool } from "pg";

export interface IndexPage {
  /** Streams in the order of their ids, with those that do not fit. */
  readonly streams: readonly { readonly stream: string; readonly isSuspect: boolean }[];
  /** Where the next page begins; undefined after the last one. */
  readonly next: string | undefined;
}

export interface IndexPages {
  /** Executions of the list: pending and held ones have a pending row, running ones an open attempt, others neither. */
  listed(after: string, limit: number): Promise<IndexPage>;
  /** Executions with a pending row: the list knows them. */
  pending(after: string, limit: number): Promise<IndexPage>;
  /** Weddings: each has its guard. */
  weddings(after: string, limit: number): Promise<IndexPage>;
}

/** Below every id. */
export const firstStream = "00000000-0000-0000-0000-000000000000";

export function indexPages(pool: Pool, schema: string): IndexPages {
  const page =
    (text: string) =>
    async (after: string, limit: number): Promise<IndexPage> => {
      const { rows } = await pool.query<{ stream: string; suspect: boolean }>(text, [after, limit]);
      const streams = rows.map(({ stream, suspect }) => ({ stream, isSuspect: suspect }));
      return { streams, next: streams.length < limit ? undefined : streams.at(-1)?.stream };
    };
  return {
    listed: page(
      `select l.execution as stream,
                (l.status in ('pending', 'held')) <> (p.execution is not null)
                  or (l.status = 'running') <> (o.execution is not null) as suspect
           from (select execution, status from ${schema}.execution_list where execution > $1 order by execution limit $2) l
           left join ${schema}.pending p using (execution)
           left join ${schema}.open_attempt o using (execution)
          order by 1`,
    ),
    pending: page(
      `select p.execution as stream, l.execution is null as suspect
           from (select execution from ${schema}.pending where execution > $1 order by execution limit $2) p
           left join ${schema}.execution_list l using (execution)
          order by 1`,
    ),
    weddings: page(
      `select w.wedding as stream, g.key is null as suspect
           from (select wedding from ${schema}.wedding_demand where wedding > $1 order by wedding limit $2) w
           left join ${schema}.guard g on g.key = 'wedding:' || w.wedding
          order by 1`,
    ),
  };
}
