// The vendor and the journey an import needs: checked before the first row is sent, the vendor made when missing.
import type { Client } from "../client.js";
import { fail, ok, type Result } from "../result.js";
import { marketOfZone } from "./market.js";

export interface VendorOptions {
  readonly vendorId: string;
  readonly timeZone: string;
  readonly market: string | undefined;
  readonly vendorType: string;
  readonly vendorName: string | undefined;
}

/** Makes the vendor unless it exists; says whether it did. An existing vendor is left as it is. */
export const ensureVendor = async (client: Client, options: VendorOptions): Promise<Result<{ created: boolean }>> => {
  const { vendorId, timeZone, vendorType } = options;
  const found = await client.vendor(vendorId);
  if (found.ok) return ok({ created: false });
  if (found.error.code !== "not_found") return found;
  const market = options.market ?? marketOfZone(timeZone);
  if (market === undefined) {
    return fail(
      "usage",
      `The vendor ${vendorId} does not exist; to make it, name its market with --market, as in --market united-kingdom.`,
    );
  }
  const body = { name: options.vendorName ?? vendorId, type: vendorType, market, timeZone };
  const put = await client.putVendor(vendorId, body);
  return put.ok ? ok({ created: true }) : put;
};

/** Refuses a journey the vendor does not have, before a season is imported without its mails. */
export const checkJourney = async (client: Client, vendorId: string, journeyId: string): Promise<Result<void>> => {
  const found = await client.journey(vendorId, journeyId);
  if (found.ok) return ok(undefined);
  if (found.error.code !== "not_found") return found;
  return fail(
    "not_found",
    `The vendor ${vendorId} has no journey ${journeyId}: define it first, or leave --journey out.`,
  );
};
