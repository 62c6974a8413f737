// API keys: issued once in clear, kept as a hash, revoked at once.
import { Controller, Inject } from "@nestjs/common";
import { type CallerRole, type InputOf, problem } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import type { ApiKeys } from "@wedsync/adapter-postgres";
import { endpoints } from "../contract/endpoints.js";
import { ids } from "../platform/ids.js";
import { API_KEYS } from "../platform/tokens.js";
import { Audit } from "../services/audit.js";

@Controller()
export class KeysController {
  constructor(
    @Inject(API_KEYS) private readonly keys: ApiKeys,
    private readonly audit: Audit,
  ) {}

  @Route(endpoints.issueKey)
  async issue(@RequestInput() { body, context }: InputOf<typeof endpoints.issueKey>) {
    const keyId = ids.event();
    const vendor = body.vendorId === undefined ? {} : { vendor: body.vendorId };
    // First: a key that the log does not know must not open anything.
    await this.audit.record({ type: "ApiKeyIssued", data: { keyId, role: body.role, ...vendor } }, context);
    const { secret } = await this.keys.issue(body.role, body.vendorId, keyId);
    return {
      keyId,
      key: secret,
      role: body.role satisfies CallerRole,
      ...(body.vendorId === undefined ? {} : { vendorId: body.vendorId }),
    };
  }

  @Route(endpoints.listKeys)
  async list() {
    const items = await this.keys.list();
    return {
      items: items.map(({ keyId, role, vendor, revoked }) => ({
        keyId,
        role,
        revoked,
        ...(vendor === undefined ? {} : { vendorId: vendor }),
      })),
    };
  }

  @Route(endpoints.revokeKey)
  async revoke(@RequestInput() { params, context }: InputOf<typeof endpoints.revokeKey>) {
    if (!(await this.keys.isActive(params.keyId)))
      throw problem(404, "key_unknown", "There is no such key, or it was revoked before.");
    // First: who repeats a request that was cut off between the two finds the key, and revokes it.
    await this.audit.record({ type: "ApiKeyRevoked", data: { keyId: params.keyId } }, context);
    await this.keys.revoke(params.keyId);
    return { keyId: params.keyId };
  }
}
