// Vendors.
import { Controller } from "@nestjs/common";
import type { InputOf } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import { endpoints } from "../contract/endpoints.js";
import { Audit } from "../services/audit.js";
import { Vendors } from "../services/vendors.js";

@Controller()
export class VendorsController {
  constructor(
    private readonly vendors: Vendors,
    private readonly audit: Audit,
  ) {}

  @Route(endpoints.putVendor)
  async put(@RequestInput() { params, body, context }: InputOf<typeof endpoints.putVendor>) {
    return await this.vendors.put(params.vendorId, body, context);
  }

  @Route(endpoints.getVendor)
  async get(@RequestInput() { params, context }: InputOf<typeof endpoints.getVendor>) {
    await this.vendors.existing(params.vendorId);
    await this.audit.personalDataRead("vendor", params.vendorId, undefined, context);
    return await this.vendors.view(params.vendorId);
  }
}
