// Liveness, readiness, metrics and the API's own description.
import { Controller, Inject, Res } from "@nestjs/common";
import type { FastifyReply } from "fastify";
import { apiPage, openApi } from "../contract/description.js";
import { endpoints } from "../contract/endpoints.js";
import { Route } from "../http/route.js";
import type { Platform } from "../platform/platform.js";
import { PLATFORM } from "../platform/tokens.js";

@Controller()
export class HealthController {
  readonly #document = openApi();

  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Route(endpoints.live)
  live() {
    return { status: "ok" };
  }

  @Route(endpoints.ready)
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { ok, checks } = this.platform.readiness.report();
    if (!ok) void reply.code(503).header("retry-after", 1);
    return { status: ok ? "ok" : "unready", checks };
  }

  @Route(endpoints.metrics)
  async scrape(@Res({ passthrough: true }) reply: FastifyReply) {
    const { registry, showLag } = this.platform.metrics;
    showLag(await this.platform.lag());
    void reply.type(registry.contentType);
    return await registry.metrics();
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
