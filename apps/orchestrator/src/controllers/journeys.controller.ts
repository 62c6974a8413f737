// Journeys: templates of steps.
import { Controller } from "@nestjs/common";
import type { InputOf } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import { endpoints } from "../contract/endpoints.js";
import { Journeys } from "../services/journeys.js";
import { Vendors } from "../services/vendors.js";

@Controller()
export class JourneysController {
  constructor(
    private readonly journeys: Journeys,
    private readonly vendors: Vendors,
  ) {}

  @Route(endpoints.putJourney)
  async put(@RequestInput() { params, body, context }: InputOf<typeof endpoints.putJourney>) {
    await this.vendors.existing(params.vendorId);
    return await this.journeys.put(params.vendorId, params.journeyId, body, context);
  }

  @Route(endpoints.getJourney)
  async get(@RequestInput() { params }: InputOf<typeof endpoints.getJourney>) {
    await this.vendors.existing(params.vendorId);
    return await this.journeys.view(params.vendorId, params.journeyId);
  }
}
