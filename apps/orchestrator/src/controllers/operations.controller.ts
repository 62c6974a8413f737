// What operators see and do: status, hold and release.
import { Controller, Inject } from "@nestjs/common";
import type { InputOf } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import type { IndexReader, WorkerLeases } from "@wedsync/adapter-postgres";
import type { Clock, EventLog } from "@wedsync/event-log";
import type { Scheduler } from "@wedsync/scheduler";
import type { Environment } from "../config/environment.js";
import { endpoints } from "../contract/endpoints.js";
import { CLOCK, ENVIRONMENT, INDEX, LEASES, LOG, SCHEDULER } from "../platform/tokens.js";
import { release } from "../platform/release.js";
import { ExecutionQueries } from "../services/execution-queries.js";
import { refusalProblem } from "../services/problems.js";
import { requestMeta } from "../services/request-meta.js";

const dayMs = 86_400_000;

@Controller()
export class OperationsController {
  constructor(
    @Inject(SCHEDULER) private readonly scheduler: Scheduler,
    @Inject(INDEX) private readonly index: IndexReader,
    @Inject(LEASES) private readonly leases: WorkerLeases,
    @Inject(LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly queries: ExecutionQueries,
  ) {}

  @Route(endpoints.hold)
  async hold(@RequestInput() { body, context }: InputOf<typeof endpoints.hold>) {
    const written = await this.scheduler.hold(
      body.scope,
      "requested",
      requestMeta(context, this.environment.WEDSYNC_REGION),
    );
    if (!written.ok) throw refusalProblem(written.refusal);
    return { scope: body.scope };
  }

  @Route(endpoints.release)
  async release(@RequestInput() { body, context }: InputOf<typeof endpoints.release>) {
    const written = await this.scheduler.release(body.scope, requestMeta(context, this.environment.WEDSYNC_REGION));
    if (!written.ok) throw refusalProblem(written.refusal);
    return { scope: body.scope };
  }

  @Route(endpoints.status)
  async status() {
    const now = this.clock.now();
    const endOfDay = (Math.floor(now / dayMs) + 1) * dayMs - 1;
    const [counts, finals, holds, workers, head] = await Promise.all([
      this.index.counts(now),
      this.queries.finals(),
      this.index.guards("hold:"),
      this.leases.list(),
      this.log.head(),
    ]);
    const { scheduled, waiting, running, held, uncertain, dead, oldestDue } = counts;
    return {
      release,
      now: new Date(now).toISOString(),
      head: head.toString(),
      executions: { scheduled, waiting, running, held, uncertain, dead, ...finals.counts },
      /** Not started and due before the end of this UTC day. */
      dueToday: await counts.dueBefore(endOfDay),
      oldestWaitingMs: oldestDue === null ? 0 : Math.max(0, now - oldestDue),
      attention: { held, uncertain, dead },
      holds: holds.map(({ key, value }) => ({ scope: key.slice("hold:".length), cause: value })),
      workers: workers.map(({ incarnation, slots, handlers, remote }) => ({ incarnation, slots, handlers, remote })),
      readModelLag: Number(head - finals.position),
    };
  }
}
