// Made-up vendors and their weddings, for executions to belong to.
import type { BenchPlatform } from "./bench-platform.js";
import { inSlices } from "../services/bulk.js";

export interface Customer {
  readonly vendor: string;
  readonly wedding: string;
}

export interface CustomersOptions {
  /** Prefix of the vendors' ids. */
  readonly name: string;
  readonly vendors: number;
  readonly weddings: number;
  /** Days from today to the wedding: 60 is normal work, 1 is critical. */
  readonly daysAhead: number;
}

const dayMs = 86_400_000;

/** Books the weddings, spread evenly over the vendors. */
export async function bookCustomers(
  { platform, vendors, weddings, context }: BenchPlatform,
  options: CustomersOptions,
): Promise<readonly Customer[]> {
  const { name, daysAhead } = options;
  const defaults = { timeZone: "Europe/London", market: "united-kingdom" };
  const vendorIds = Array.from({ length: options.vendors }, (_, index) => `${name}-${index}`);
  for (const vendor of vendorIds)
    await vendors.put(vendor, { name: `Studio ${vendor}`, type: "photographer", ...defaults }, context);
  const date = new Date(platform.clock.now() + daysAhead * dayMs).toISOString().slice(0, 10);
  const customers = Array.from({ length: options.weddings }, (_, index) => ({
    vendor: vendorIds[index % vendorIds.length] ?? name,
    wedding: `w-${index}`,
  }));
  await inSlices(customers, 32, async ({ vendor, wedding }) => {
    const couple = { names: "Anna & Ben", email: `${wedding}@example.test` };
    await weddings.put(vendor, wedding, { date, couple }, defaults, context);
  });
  return customers;
}
