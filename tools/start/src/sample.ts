// Loads the sample season into a new platform, through the same API everybody uses.
import { generateSeason } from "@wedsync/simulate/season";
import cliProgress from "cli-progress";

export interface SampleOptions {
  readonly apiUrl: string;
  readonly key: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
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
  const call = async (method: string, path: string, body: unknown, count: number): Promise<void> => {
    if (signal.aborted) return;
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok)
      throw new Error(`The sample season could not be loaded: ${method} ${path} answered ${answer.status}.`);
    await answer.arrayBuffer();
    if (isTerminal) bar.increment(count);
  };
  for (const { vendorId, ...vendor } of season.vendors) await call("PUT", `/v1/vendors/${vendorId}`, vendor, 1);
  for (const { vendorId, journeyId, steps: journeySteps } of season.journeys) {
    await call("PUT", `/v1/vendors/${vendorId}/journeys/${journeyId}`, { steps: journeySteps }, 1);
  }
  for (const [vendorId, items] of byVendor(season.weddings))
    await call("POST", `/v1/vendors/${vendorId}/weddings/bulk`, { items }, items.length);
  for (const [vendorId, items] of byVendor(season.executions)) {
    await call("POST", `/v1/vendors/${vendorId}/executions/bulk`, { items }, items.length);
  }
  if (isTerminal) bar.stop();
}

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
