// Loads the sample season into a new platform, through the same API everybody uses.
import { generateSeason } from "@wedsync/simulate/season";
import cliProgress from "cli-progress";

export interface SampleOptions {
  readonly apiUrl: string;
  readonly key: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What a bulk route says of its items, in their order; those without a problem were taken. */
interface BulkAnswer {
  readonly results: readonly {
    readonly status?: string;
    readonly problem?: { readonly code: string; readonly detail?: string };
  }[];
}

interface SampleItem {
  readonly weddingId: string;
  readonly idempotencyKey?: string;
}

const weddings = 120;
const dayMs = 86_400_000;

/** Repeatable: a load that was interrupted is completed by the next one. */
export async function loadSample({ apiUrl, key, say, signal }: SampleOptions): Promise<void> {
  const season = generateSeason({ weddings, seed: 1, today: Math.floor(Date.now() / dayMs) });
  const steps = season.vendors.length + season.journeys.length + season.weddings.length + season.executions.length;
  say(`Loading a sample season: ${season.vendors.length} vendors, ${season.weddings.length} weddings.`);
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format: "  {bar} {percentage}% | {value}/{total}",
    clearOnComplete: true,
  });
  const isTerminal = process.stderr.isTTY;
  if (isTerminal) bar.start(steps, 0);
  const call = async (method: string, path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw notLoaded(`${method} ${path} answered ${answer.status}.`);
    return await answer.json();
  };
  const put = async (path: string, body: unknown): Promise<void> => {
    if (signal.aborted) return;
    await call("PUT", path, body);
    if (isTerminal) bar.increment(1);
  };
  const post = async (path: string, items: readonly SampleItem[]): Promise<void> => {
    if (signal.aborted) return;
    const { results } = (await call("POST", path, { items })) as BulkAnswer;
    for (const [index, { status, problem }] of results.entries()) {
      if (problem === undefined && status !== "refused") continue;
      const item = items[index];
      const name = item?.idempotencyKey ?? item?.weddingId ?? String(index);
      throw notLoaded(
        `${path} refused ${name} (${problem?.code ?? "refused"}): ${problem?.detail ?? "no reason given"}`,
      );
    }
    if (isTerminal) bar.increment(items.length);
  };
  try {
    for (const { vendorId, ...vendor } of season.vendors) await put(`/v1/vendors/${vendorId}`, vendor);
    for (const { vendorId, journeyId, steps: journeySteps } of season.journeys)
      await put(`/v1/vendors/${vendorId}/journeys/${journeyId}`, { steps: journeySteps });
    for (const [vendorId, items] of byVendor(season.weddings))
      await post(`/v1/vendors/${vendorId}/weddings/bulk`, items);
    for (const [vendorId, items] of byVendor(season.executions))
      await post(`/v1/vendors/${vendorId}/executions/bulk`, items);
  } finally {
    if (isTerminal) bar.stop();
  }
}

const notLoaded = (why: string): Error => new Error(`The sample season could not be loaded: ${why}`);

function byVendor<Item extends { readonly vendorId: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Omit<Item, "vendorId">[]> {
  const groups = new Map<string, Omit<Item, "vendorId">[]>();
  for (const { vendorId, ...item } of items) {
    const group = groups.get(vendorId) ?? [];
    groups.set(vendorId, group);
    group.push(item);
  }
  return groups;
}
