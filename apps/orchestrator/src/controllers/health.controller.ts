// Liveness, readiness, metrics and the API's own description.
import { Controller, Inject, Res } from "@nestjs/common";
import type { FastifyReply } from "fastify";
import { endpoints } from "../contract/endpoints.js";
import { apiPage, openApi } from "../contract/description.js";
import { Route } from "../http/route.js";
import { METRICS } from "../platform/tokens.js";
import { Readiness } from "@wedsync/adapter-process";
import type { Metrics } from "../telemetry/metrics.js";

@Controller()
export class HealthController {
  readonly #document = openApi();

  constructor(
    private readonly readiness: Readiness,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  @Route(endpoints.live)
  live() {
    return { status: "ok" };
  }

  @Route(endpoints.ready)
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { ok, checks } = this.readiness.report();
    if (!ok) void reply.code(503).header("retry-after", 1);
    return { status: ok ? "ok" : "unready", checks };
  }

  @Route(endpoints.metrics)
  async scrape(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.type(this.metrics.registry.contentType);
    return await this.metrics.registry.metrics();
  }

  @Route(endpoints.docs)
  page(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.type("text/markdown; charset=utf-8");
    return apiPage();
  }

  @Route(endpoints.openapi)
  document() {
    return this.#document;
  }
}
