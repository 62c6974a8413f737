// What operators see and do: lag, rebuild, drop.
import { Controller, Inject } from "@nestjs/common";
import { problem, type InputOf } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import type { ReadModel } from "@wedsync/adapter-postgres";
import { endpoints } from "../contract/endpoints.js";
import type { Platform } from "../platform/platform.js";
import { PLATFORM } from "../platform/tokens.js";
import { generationViews } from "../queries/lag-view.js";
import { readModels } from "../read-models/all.js";

@Controller()
export class ReadModelsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Route(endpoints.listReadModels)
  async list() {
    return { items: generationViews(await this.platform.lag(), (lag) => this.platform.projector.statusOf(lag)) };
  }

  @Route(endpoints.rebuildReadModel)
  async rebuild(@RequestInput() { params, context }: InputOf<typeof endpoints.rebuildReadModel>) {
    const { generation, status } = await this.platform.projector.rebuild(modelOf(params.name), {
      requestedBy: context.caller.actor,
      correlationId: context.correlationId,
    });
    return { name: params.name, generation, status };
  }

  @Route(endpoints.switchReadModel)
  async switch(@RequestInput() { params }: InputOf<typeof endpoints.switchReadModel>) {
    const { name, generation } = params;
    const outcome = await this.platform.generations.switchTo(modelOf(name), generation, { evenIfOlder: true });
    if (!outcome.ok) throw problem(409, outcome.code, switchRefusals[outcome.code]);
    return { name, generation, status: "active" };
  }

  @Route(endpoints.dropGeneration)
  async drop(@RequestInput() { params }: InputOf<typeof endpoints.dropGeneration>) {
    const { name, generation } = params;
    const outcome = await this.platform.generations.drop(modelOf(name).name, generation);
    if (outcome === "unknown") throw problem(404, "generation_unknown", "There is no such generation.");
    if (outcome === "active") throw problem(409, "generation_active", "Queries use this generation; it stays.");
    return { name, generation, status: "dropped" };
  }
}

const switchRefusals = {
  behind: "The generation is not as far as the present one yet; try again.",
  parks_more: "The generation has parked streams that the present one shows; mend them or drop it.",
  busy: "A long query uses the present generation; try again.",
  not_building: "There is no generation of this number that is being built.",
} as const;

function modelOf(name: string): ReadModel {
  const model = readModels.find((entry) => entry.name === name);
  if (model === undefined) throw problem(404, "read_model_unknown", "There is no such read model.");
  return model;
}
