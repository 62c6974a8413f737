// Callers that accept executions one at a time, each waiting for its answer before it asks again (a closed loop).
import { inSlices } from "../services/bulk.js";
import type { BenchPlatform } from "./bench-platform.js";
import type { Customer } from "./customers.js";
import type { BenchModule } from "./modules.js";

export interface CallersOptions {
  readonly module: BenchModule;
  readonly count: number;
  readonly callers: number;
  /** Prefix of the idempotency keys. */
  readonly key: string;
  readonly bulk?: boolean;
}

/** About what a journey's mail carries: 200 bytes. */
export const payload = { subject: "Four weeks to go", text: "Dear {{ couple.names }}, ".padEnd(160, "see you soon. ") };

/** Accepts the executions through the service that the API calls; resolves with their ids when the last one is durable. */
export async function acceptAll(
  { executions, context }: BenchPlatform,
  customers: readonly Customer[],
  { module, count, callers, key, bulk = false }: CallersOptions,
): Promise<readonly string[]> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return await inSlices(numbers, callers, async (index) => {
    const customer = customers[index % customers.length];
    if (customer === undefined) throw new Error("There is no wedding to accept executions for.");
    const body = { weddingId: customer.wedding, moduleType: module, payload, when: "now" as const };
    const { executionId } = await executions.request(customer.vendor, `${key}-${index}`, body, context, { bulk });
    return executionId;
  });
}
