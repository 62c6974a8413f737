// What autoscalers, and the people who look after them, read.
import { Controller } from "@nestjs/common";
import type { InputOf } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import { endpoints } from "../contract/endpoints.js";
import { SeasonPolicies } from "../services/season-policies.js";
import { ScalingView } from "../services/scaling-view.js";

const usualHours = 2;

@Controller()
export class ScalingController {
  constructor(
    private readonly view: ScalingView,
    private readonly policies: SeasonPolicies,
  ) {}

  @Route(endpoints.scaling)
  async all() {
    return await this.view.all();
  }

  @Route(endpoints.scalingKeda)
  keda() {
    return this.view.keda();
  }

  @Route(endpoints.scalingWindows)
  async windows(@RequestInput() { query }: InputOf<typeof endpoints.scalingWindows>) {
    return await this.view.windows(query.hours ?? usualHours);
  }

  @Route(endpoints.seasonPolicy)
  seasonPolicy() {
    return this.policies.inForce();
  }

  @Route(endpoints.putSeasonProfile)
  async putSeasonProfile(@RequestInput() { params, query, body, context }: InputOf<typeof endpoints.putSeasonProfile>) {
    return await this.policies.putMarket(params.market, body, query.dryRun === "true", context);
  }
}
