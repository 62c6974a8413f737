// Lists and counts, from the read model. It lags by what `readModelLag` in the status says.
import { Inject, Injectable } from "@nestjs/common";
import { type Caller, problem } from "@wedsync/adapter-http";
import type { PostgresLog } from "@wedsync/adapter-postgres";
import type { Clock } from "@wedsync/event-log";
import type { z } from "zod";
import type { endpoints } from "../contract/endpoints.js";
import { CLOCK, LOG } from "../platform/tokens.js";
import { executionListName } from "../read-models/execution-list.js";
import { Executions } from "./executions.js";

type ListQuery = z.output<(typeof endpoints)["listExecutions"]["query"]>;

@Injectable()
export class ExecutionQueries {
  constructor(
    @Inject(LOG) private readonly log: PostgresLog,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly executions: Executions,
  ) {}

  /** One page in the order of execution ids; a vendor sees its own only. */
  async list(query: ListQuery, caller: Caller) {
    const vendor = caller.role === "vendor" ? caller.vendor : query.vendor;
    if (caller.role === "vendor" && query.vendor !== undefined && query.vendor !== caller.vendor) {
      throw problem(403, "other_vendor", "A vendor's key reaches this vendor only.");
    }
    const { rows } = await this.log.pool.query<{ execution: string }>(
      `select execution from ${this.log.schema}.execution_list
        where ($1::text is null or vendor = $1)
          and ($2::text is null or wedding = $2)
          and ($3::text is null
               or status = $3
               or ($3 = 'waiting' and status = 'pending' and due_at <= $4)
               or ($3 = 'scheduled' and status = 'pending' and due_at > $4))
          and ($5::uuid is null or execution > $5)
        order by execution limit $6`,
      [
        vendor ?? null,
        query.wedding ?? null,
        query.status ?? null,
        this.clock.now(),
        query.cursor ?? null,
        query.limit,
      ],
    );
    const context = { caller, correlationId: "" };
    const items = await Promise.all(
      rows.map(async ({ execution }) =>
        this.executions.view(execution, await this.executions.existing(execution, context)),
      ),
    );
    const last = rows.length === query.limit ? rows.at(-1)?.execution : undefined;
    // The list lags: what has changed since would be an answer to another question.
    const found = query.status === undefined ? items : items.filter(({ status }) => status === query.status);
    return { items: found, ...(last === undefined ? {} : { nextCursor: last }) };
  }

  /** Counts of executions that ended well or were given up, with the position the read model has seen. */
  async finals(): Promise<{
    readonly counts: { succeeded: number; skipped: number; cancelled: number };
    readonly position: bigint;
  }> {
    const { rows } = await this.log.pool.query<{ status: string; n: string }>(
      `select status, count(*) as n from ${this.log.schema}.execution_list where status in ('succeeded', 'skipped', 'cancelled') group by status`,
    );
    const of = (status: string): number => Number(rows.find((row) => row.status === status)?.n ?? 0);
    const checkpoint = await this.log.pool.query<{ position: string }>(
      `select position from ${this.log.schema}.projection where name = $1`,
      [executionListName],
    );
    return {
      counts: { succeeded: of("succeeded"), skipped: of("skipped"), cancelled: of("cancelled") },
      position: BigInt(checkpoint.rows[0]?.position ?? "0"),
    };
  }
}
