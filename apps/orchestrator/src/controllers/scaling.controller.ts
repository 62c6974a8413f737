// What autoscalers, and the people who look after them, read.
import { Controller } from "@nestjs/common";
import type { InputOf } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import { endpoints } from "../contract/endpoints.js";
import { ScalingView } from "../services/scaling-view.js";

const usualHours = 2;

@Controller()
export class ScalingController {
  constructor(private readonly view: ScalingView) {}

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
}
