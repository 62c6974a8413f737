// Executions: one, and counts.
import { Controller, Inject } from "@nestjs/common";
import type { InputOf } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import { endpoints } from "../contract/endpoints.js";
import type { Platform } from "../platform/platform.js";
import { PLATFORM } from "../platform/tokens.js";
import { executionCounts, oneExecution } from "../queries/execution-queries.js";

@Controller()
export class ExecutionsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Route(endpoints.getExecution)
  async get(@RequestInput() { params, context }: InputOf<typeof endpoints.getExecution>) {
    return await oneExecution(this.platform, params.executionId, context.caller);
  }

  @Route(endpoints.executionCounts)
  async counts(@RequestInput() { query, context }: InputOf<typeof endpoints.executionCounts>) {
    return await executionCounts(this.platform, query, context.caller);
  }
}
