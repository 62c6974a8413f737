// The wedding overview.
import { Controller, Inject } from "@nestjs/common";
import type { InputOf } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import { endpoints } from "../contract/endpoints.js";
import type { Platform } from "../platform/platform.js";
import { PLATFORM } from "../platform/tokens.js";
import { listWeddings, oneWedding } from "../queries/wedding-queries.js";

@Controller()
export class WeddingsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Route(endpoints.listWeddings)
  async list(@RequestInput() { query, context }: InputOf<typeof endpoints.listWeddings>) {
    return await listWeddings(this.platform, query, context.caller);
  }

  @Route(endpoints.getWedding)
  async get(@RequestInput() { params, context }: InputOf<typeof endpoints.getWedding>) {
    return await oneWedding(this.platform, params.vendorId, params.weddingId, context.caller);
  }
}
