// Liveness, readiness, metrics and the API's own description: the same of every app.
import { Controller, Inject, Res } from "@nestjs/common";
import { standingEndpoints } from "@wedsync/adapter-http";
import type { Readiness } from "@wedsync/adapter-process";
import type { FastifyReply } from "fastify";
import type { Registry } from "prom-client";
import { Route } from "./route.js";

/** What an app has to say of itself. */
export interface Standing {
  readonly readiness: Readiness;
  readonly registry: Registry;
  /** Brings figures up to date that are measured only when somebody asks. */
  readonly beforeScrape?: () => Promise<void>;
  /** OpenAPI document of its routes. */
  readonly document: object;
  /** The same as a page, in Markdown. */
  readonly page: string;
}

/** Under which an app provides its {@link Standing}. */
export const STANDING = Symbol("STANDING");

const routes = standingEndpoints({ ready: "" });

@Controller()
export class StandingController {
  constructor(@Inject(STANDING) private readonly standing: Standing) {}

  @Route(routes.live)
  live() {
    return { status: "ok" };
  }

  @Route(routes.ready)
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { ok, checks } = this.standing.readiness.report();
    if (!ok) void reply.code(503).header("retry-after", 1);
    return { status: ok ? "ok" : "unready", checks };
  }

  @Route(routes.metrics)
  async scrape(@Res({ passthrough: true }) reply: FastifyReply) {
    const { registry, beforeScrape } = this.standing;
    await beforeScrape?.();
    void reply.type(registry.contentType);
    return await registry.metrics();
  }

  @Route(routes.docs)
  describe(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.type("text/markdown; charset=utf-8");
    return this.standing.page;
  }

  @Route(routes.openapi)
  openapi() {
    return this.standing.document;
  }
}
