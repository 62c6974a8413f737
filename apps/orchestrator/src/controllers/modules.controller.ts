// Module types: what there is, new versions, which version new work gets.
import { Controller, Inject } from "@nestjs/common";
import { type InputOf, problem } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import type { Registry } from "@wedsync/registry";
import type { Environment } from "../config/environment.js";
import { endpoints } from "../contract/endpoints.js";
import { ENVIRONMENT, REGISTRY } from "../platform/tokens.js";
import { refusalProblem } from "../services/problems.js";
import { requestMeta } from "../services/request-meta.js";

@Controller()
export class ModulesController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Route(endpoints.listModuleTypes)
  list() {
    return {
      items: this.registry.list().map(({ type, title, versions, active, runnable }) => ({
        type,
        title,
        versions,
        activeVersion: active ?? 0,
        handler: runnable,
      })),
    };
  }

  @Route(endpoints.registerModuleVersion)
  async register(@RequestInput() { params, body, context }: InputOf<typeof endpoints.registerModuleVersion>) {
    if (body.definition["type"] !== params.type) {
      throw problem(422, "type_mismatch", "The definition must name the type of the route.", {
        path: "/body/definition/type",
      });
    }
    const written = await this.registry.registerVersion(body.definition, {
      meta: requestMeta(context, this.environment.WEDSYNC_REGION),
      ...(body.forceReason === undefined ? {} : { force: { reason: body.forceReason } }),
    });
    if (!written.ok) throw refusalProblem(written.refusal, "/body/definition");
    return written.value;
  }

  @Route(endpoints.activateModuleVersion)
  async activate(@RequestInput() { params, context }: InputOf<typeof endpoints.activateModuleVersion>) {
    const written = await this.registry.activate(
      params.type,
      params.version,
      requestMeta(context, this.environment.WEDSYNC_REGION),
    );
    if (!written.ok) throw refusalProblem(written.refusal, "/params");
    return { type: written.value.type, version: written.value.version };
  }
}
