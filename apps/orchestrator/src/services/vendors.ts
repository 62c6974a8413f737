// Vendors over the registry: names and addresses are sealed before they reach it.
import { Inject, Injectable } from "@nestjs/common";
import { problem, type RequestContext } from "@wedsync/adapter-http";
import type { KeyStore } from "@wedsync/adapter-postgres";
import type { Registry, Vendor } from "@wedsync/registry";
import { isValidZone, zoneName } from "@wedsync/scheduler";
import type { z } from "zod";
import type { Environment } from "../config/environment.js";
import type { vendorBody } from "../contract/shapes.js";
import { vendorContact, vendorLevel } from "../execution/parties.js";
import type { KnownStates } from "../platform/known-states.js";
import { ENVIRONMENT, KEYS, REGISTRY, STATES } from "../platform/tokens.js";
import { refusalProblem } from "./problems.js";
import { requestMeta } from "./request-meta.js";

@Injectable()
export class Vendors {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(KEYS) private readonly keys: KeyStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(STATES) private readonly states: KnownStates,
  ) {}

  async put(vendorId: string, body: z.output<typeof vendorBody>, context: RequestContext) {
    // Before a key is made: a refused vendor leaves nothing behind.
    if (!isValidZone(body.timeZone))
      throw refusalProblem({
        code: "time_zone_unknown",
        message: "The time zone is not an IANA name such as Europe/London.",
      });
    const timeZone = zoneName(body.timeZone);
    const contact = { name: body.name, ...(body.replyTo === undefined ? {} : { replyTo: body.replyTo }) };
    const vendor: Vendor = {
      vendorId,
      type: body.type,
      market: body.market,
      timeZone,
      sealed: await this.keys.seal(vendorId, vendorLevel, contact),
      digest: await this.keys.digest(vendorId, vendorLevel, JSON.stringify([contact.name, contact.replyTo ?? null])),
    };
    const meta = requestMeta(context, this.environment.WEDSYNC_REGION, { vendor: vendorId, market: body.market });
    const written = await this.registry.putVendor(vendor, meta);
    this.states.vendorChanged(vendorId);
    if (!written.ok) throw refusalProblem(written.refusal);
    return { vendorId, type: body.type, market: body.market, timeZone, ...contact };
  }

  /** The vendor's own facts, without names. @throws ProblemError 404 */
  async existing(vendorId: string): Promise<Vendor> {
    const vendor = await this.registry.vendor(vendorId);
    if (vendor === undefined)
      throw problem(404, "vendor_unknown", "There is no such vendor; register it with PUT /v1/vendors/{vendorId}.");
    return vendor;
  }

  /** With name and reply address in clear; the caller records the read. */
  async view(vendorId: string) {
    const vendor = await this.existing(vendorId);
    const contact = vendorContact.safeParse(await this.keys.open(vendorId, vendorLevel, vendor.sealed));
    const { type, market, timeZone } = vendor;
    return { vendorId, type, market, timeZone, ...(contact.success ? contact.data : { name: "" }) };
  }
}
