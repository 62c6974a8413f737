// Executions: request, look, cancel, redrive, settle.
import { Controller, Inject, Res } from "@nestjs/common";
import { type InputOf, issueProblem, type RequestContext } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import type { KeyStore } from "@wedsync/adapter-postgres";
import { toCloudEvent, type EventLog } from "@wedsync/event-log";
import type { ExecutionState, Scheduler } from "@wedsync/scheduler";
import type { FastifyReply } from "fastify";
import type { Environment } from "../config/environment.js";
import { endpoints } from "../contract/endpoints.js";
import { bulkExecutionItem } from "../contract/shapes.js";
import { ENVIRONMENT, KEYS, LOG, SCHEDULER } from "../platform/tokens.js";
import { inSlices, toItemProblem } from "../services/bulk.js";
import { ExecutionQueries } from "../services/execution-queries.js";
import { Executions } from "../services/executions.js";
import { refusalProblem } from "../services/problems.js";
import { requestMeta } from "../services/request-meta.js";
import { Vendors } from "../services/vendors.js";

const parallel = 64;

@Controller()
export class ExecutionsController {
  constructor(
    private readonly executions: Executions,
    private readonly queries: ExecutionQueries,
    private readonly vendors: Vendors,
    @Inject(SCHEDULER) private readonly scheduler: Scheduler,
    @Inject(KEYS) private readonly keys: KeyStore,
    @Inject(LOG) private readonly log: EventLog,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Route(endpoints.requestExecution)
  async request(
    @RequestInput() { params, body, headers, context }: InputOf<typeof endpoints.requestExecution>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { executionId, state, repeated } = await this.executions.request(
      params.vendorId,
      headers["idempotency-key"] ?? "",
      body,
      context,
    );
    void reply.code(repeated ? 200 : 202).header("location", `/v1/executions/${executionId}`);
    return this.executions.answer(executionId, state);
  }

  @Route(endpoints.bulkExecutions)
  async bulk(@RequestInput() { params, body, context }: InputOf<typeof endpoints.bulkExecutions>) {
    const { vendorId } = params;
    await this.vendors.existing(vendorId);
    const results = await inSlices(body.items, parallel, async (item, index) => {
      try {
        const parsed = bulkExecutionItem.safeParse(item);
        if (!parsed.success) throw issueProblem(parsed.error, `items/${index}`, 422);
        const { idempotencyKey, ...request } = parsed.data;
        const { executionId, state, repeated } = await this.executions.request(
          vendorId,
          idempotencyKey,
          request,
          context,
          { bulk: true },
        );
        return { index, repeated, execution: this.executions.answer(executionId, state) };
      } catch (error) {
        return { index, problem: toItemProblem(error, index) };
      }
    });
    return { results };
  }

  @Route(endpoints.listExecutions)
  async list(@RequestInput() { query, context }: InputOf<typeof endpoints.listExecutions>) {
    return await this.queries.list(query, context.caller);
  }

  @Route(endpoints.getExecution)
  async get(@RequestInput() { params, context }: InputOf<typeof endpoints.getExecution>) {
    return this.executions.view(params.executionId, await this.executions.existing(params.executionId, context));
  }

  @Route(endpoints.executionHistory)
  async history(@RequestInput() { params, context }: InputOf<typeof endpoints.executionHistory>) {
    await this.executions.existing(params.executionId, context);
    const events = await this.log.readStream("execution", params.executionId);
    return {
      items: events.map((event) => {
        const { sealed: _sealed, evidence: _evidence, ...data } = event.data;
        return toCloudEvent({ ...event, data }, (ms) => new Date(ms).toISOString());
      }),
    };
  }

  @Route(endpoints.cancelExecution)
  async cancel(@RequestInput() { params, context }: InputOf<typeof endpoints.cancelExecution>) {
    return await this.#change(
      params.executionId,
      context,
      async (meta) => await this.scheduler.cancelExecution(params.executionId, "requested", meta),
    );
  }

  @Route(endpoints.redriveExecution)
  async redrive(@RequestInput() { params, context }: InputOf<typeof endpoints.redriveExecution>) {
    return await this.#change(
      params.executionId,
      context,
      async (meta) => await this.scheduler.redrive(params.executionId, meta),
    );
  }

  @Route(endpoints.releaseExecution)
  async release(@RequestInput() { params, context }: InputOf<typeof endpoints.releaseExecution>) {
    return await this.#change(
      params.executionId,
      context,
      async (meta) => await this.scheduler.releaseExecution(params.executionId, meta),
    );
  }

  @Route(endpoints.settleExecution)
  async settle(@RequestInput() { params, body, context }: InputOf<typeof endpoints.settleExecution>) {
    return await this.#change(params.executionId, context, async (meta, vendor, wedding) => {
      // Evidence is free text of a person: it may name the couple.
      const evidence = await this.keys.seal(vendor, wedding, { evidence: body.evidence });
      return await this.scheduler.settle(params.executionId, body.outcome, evidence, meta);
    });
  }

  async #change(
    executionId: string,
    context: RequestContext,
    run: (meta: ReturnType<typeof requestMeta>, vendor: string, wedding: string) => ReturnType<Scheduler["redrive"]>,
  ) {
    const before: ExecutionState = await this.executions.existing(executionId, context);
    const { vendor = "", wedding = "", market = "" } = before.work ?? {};
    const written = await run(
      requestMeta(context, this.environment.WEDSYNC_REGION, { vendor, market }),
      vendor,
      wedding,
    );
    if (!written.ok) throw refusalProblem(written.refusal);
    return this.executions.view(executionId, written.value);
  }
}
