// Sends planned rows in batches, a few at once. Safe to stop at any point and to run again: the server recognises
// every wedding by its id and every journey step by its key.
import type { Client, WeddingItem } from "../client.js";
import { fail, ok, type CliError, type Result } from "../result.js";
import type { Plan } from "./plan.js";
import type { Tally } from "./tally.js";

/** The most records one bulk request may hold (INTERFACES: 1,000). */
export const batchSize = 1_000;
/** Requests under way at once: enough to keep the server busy while the next batch is read. */
const inFlight = 3;

interface Batch {
  readonly items: WeddingItem[];
  readonly lines: Map<string, { readonly line: number; readonly cancelled: boolean }>;
}

const emptyBatch = (): Batch => ({ items: [], lines: new Map() });

async function* batchesOf(plans: AsyncIterable<Plan>, tally: Tally): AsyncGenerator<Batch> {
  let batch = emptyBatch();
  for await (const plan of plans) {
    if (plan.kind === "reject") tally.reject(plan.rejection);
    else if (plan.kind === "not_yet_booked") tally.notYetBooked();
    else {
      batch.items.push(plan.item);
      batch.lines.set(plan.item.weddingId, { line: plan.line, cancelled: plan.kind === "cancel" });
      if (batch.items.length === batchSize) {
        yield batch;
        batch = emptyBatch();
      }
    }
  }
  if (batch.items.length > 0) yield batch;
}

const sendBatch = async (client: Client, vendorId: string, batch: Batch, tally: Tally): Promise<Result<void>> => {
  const answer = await client.bulkWeddings(vendorId, batch.items);
  if (!answer.ok) return answer;
  for (const result of answer.value.results) {
    const sent = batch.lines.get(result.weddingId);
    if (sent === undefined) continue;
    batch.lines.delete(result.weddingId);
    tally.answered(sent.line, sent.cancelled, result);
  }
  if (batch.lines.size === 0) return ok(undefined);
  return fail("unexpected_answer", `The server left ${batch.lines.size} of ${batch.items.length} records unanswered.`);
};

/**
 * Sends everything, or stops at the first request that fails for good; requests already under way are let finish and
 * counted. The plans' iterator is closed in either case.
 */
export const sendPlans = async (
  client: Client,
  vendorId: string,
  plans: AsyncIterable<Plan>,
  tally: Tally,
): Promise<Result<void>> => {
  const batches = batchesOf(plans, tally);
  let failed: CliError | undefined;
  const worker = async (): Promise<void> => {
    while (failed === undefined) {
      const next = await batches.next();
      if (next.done === true) return;
      const sent = await sendBatch(client, vendorId, next.value, tally);
      if (!sent.ok) failed ??= sent.error;
    }
  };
  try {
    await Promise.all(Array.from({ length: inFlight }, worker));
  } finally {
    await batches.return(undefined);
  }
  return failed === undefined ? ok(undefined) : { ok: false, error: failed };
};
