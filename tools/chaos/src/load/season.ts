// The world of a run: vendors, their weddings near and far, and the three module types, registered while it runs.
import { effectKinds, moduleTypeOf, type EffectKind } from "../evidence/rows.js";
import type { Client } from "./client.js";

export interface Wedding {
  readonly vendor: string;
  readonly wedding: string;
  /** Days from today to the wedding. */
  readonly inDays: number;
  readonly zone: string;
}

const zones = ["Europe/London", "America/Los_Angeles", "Australia/Sydney"] as const;
/** One on the day itself, the next day, in the week, and three far away; the last one of each vendor gets cancelled. */
const distances = [0, 1, 5, 40, 90, 200, 300] as const;
export const isDoomed = (wedding: Wedding): boolean => wedding.inDays === 300;

export function weddingsOf(vendors: number): readonly Wedding[] {
  return Array.from({ length: vendors }, (_, vendor) =>
    distances.map((inDays, index) => ({
      vendor: `vendor-${vendor}`,
      wedding: `wedding-${index}`,
      inDays,
      zone: zones[vendor % zones.length] ?? "UTC",
    })),
  ).flat();
}

/** Local date so many days from now. */
export function dateIn(days: number, zone: string, now: number): string {
  const at = new Date(now + days * 86_400_000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
}

export const weddingBody = (wedding: Wedding, days: number, now: number) => ({
  date: dateIn(days, wedding.zone, now),
  timeZone: wedding.zone,
  couple: { names: "A & B", email: "a.b@example.test" },
});

const hourMs = 3_600_000;
const definitionOf = (kind: EffectKind, recorderUrl: string) => ({
  type: moduleTypeOf(kind),
  title: `Chaos, ${kind}`,
  configSchema: { type: "object" },
  payloadSchema: { type: "object" },
  resources: { cpuMillis: 1, memoryMiB: 1, networkKiBps: 1 },
  performance: { p95Ms: 1_000, p99Ms: 2_000, errorRate: 0.1 },
  retry: { maxAttempts: 12, baseMs: 200, capMs: 2_000, maxLost: 10 },
  timeoutMs: 5_000,
  effect: kind,
  messageClass: "transactional",
  weddingPolicy: { criticalDaysBefore: 1, highDaysBefore: 7, defaultTier: kind === "plain" ? "low" : "normal" },
  lateness: { deadlineAfterMs: hourMs, expiresAfterMs: 2 * hourMs, onLate: "run", repeatAfterMove: false },
  quietHours: null,
  vendorProfiles: {},
  providers: { primary: "recorder", backups: [] },
  handler: { kind: "http", url: `${recorderUrl}/${kind}` },
});

/** Books everybody and registers the module types. @throws when the platform refuses any of it */
export async function openSeason(client: Client, weddings: readonly Wedding[], recorderUrl: string): Promise<void> {
  const must = async (method: string, path: string, body?: unknown): Promise<void> => {
    const { status, body: said } = await client.call(method, path, body);
    // Repeated after a lost answer, a registration finds itself done.
    if (status >= 300) throw new Error(`${method} ${path} was refused with ${status}: ${JSON.stringify(said)}`);
  };
  const now = Date.now();
  for (const vendor of new Set(weddings.map((wedding) => wedding.vendor)))
    await must("PUT", `/v1/vendors/${vendor}`, {
      name: vendor,
      type: "other",
      market: "europe",
      timeZone: "Europe/London",
    });
  for (const wedding of weddings)
    await must(
      "PUT",
      `/v1/vendors/${wedding.vendor}/weddings/${wedding.wedding}`,
      weddingBody(wedding, wedding.inDays, now),
    );
  for (const kind of effectKinds) {
    const path = `/v1/module-types/${moduleTypeOf(kind)}/versions`;
    await must("POST", path, { definition: definitionOf(kind, recorderUrl) });
    await must("POST", `${path}/1/activate`);
  }
}
