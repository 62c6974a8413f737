// Single decisions, timed one by one: tier and order of what starts next; a capacity plan; registration of a module version.
import { openPostgresLog } from "@wedsync/adapter-postgres";
import type { Work } from "@wedsync/contracts/scheduler";
import { builtinDefinitions, createRegistry } from "@wedsync/registry";
import { createPendingIndex, defaultDispatchPolicy, schedulerInline, tierAt } from "@wedsync/scheduler";
import { v5, v7 } from "uuid";
import { planTimes } from "./plan.js";

export interface DecideMessage {
  readonly job: "decide";
  readonly what: "order" | "plan" | "quarterly-plan" | "registration";
  readonly decisions: number;
  /** Executions waiting while the order is decided. */
  readonly waiting: number;
  readonly databaseUrl?: string;
}

export interface DecideReport {
  /** Milliseconds of each decision. */
  readonly latencies: readonly number[];
}

const now = 1_780_000_000_000;
const day = 86_400_000;

const workOf = (index: number): Work => {
  const weddingDay = now + ((index * 7) % 90) * day;
  return {
    vendor: `studio-${index % 500}`,
    wedding: `w-${index}`,
    weddingStream: "7a1f3f0e-5a52-5d2c-9c1b-3f6f2f6f0a11",
    moduleType: "email",
    definitionVersion: 1,
    market: "united-kingdom",
    zone: "Europe/London",
    scheduleVersion: 1,
    window: { highFrom: weddingDay - 7 * day, criticalFrom: weddingDay - day, criticalUntil: weddingDay + day },
    defaultTier: index % 10 === 0 ? "low" : "normal",
    dueAt: now - (index % 1_000),
    deadline: now + 4 * 3_600_000 + (index % 777),
    expiresAt: now + day,
    onLate: "run",
    effect: "plain",
    attempts: 0,
    lost: 0,
  };
};

/** Chooses one execution at a time among all that wait, and takes its tier; the chosen ones are replaced. */
function order({ decisions, waiting }: DecideMessage): readonly number[] {
  const index = createPendingIndex();
  const put = (number: number): void =>
    index.put({ execution: `e-${number}`, version: 1, held: false, work: workOf(number) });
  for (let number = 0; number < waiting; number += 1) put(number);
  index.nextBatch({ now, credits: 0, policy: defaultDispatchPolicy });
  const latencies: number[] = [];
  for (let number = 0; number < decisions; number += 1) {
    const began = performance.now();
    const [chosen] = index.nextBatch({ now, credits: 1, policy: defaultDispatchPolicy }).chosen;
    if (chosen === undefined) throw new Error("Nothing was chosen.");
    tierAt(now, chosen.item.work.window, chosen.item.work.defaultTier);
    latencies.push(performance.now() - began);
    put(waiting + number);
  }
  return latencies;
}

/** Registers versions of a module type, each checked against the one before it and durable when it is answered. */
async function registration({ decisions, databaseUrl = "" }: DecideMessage): Promise<readonly number[]> {
  const log = openPostgresLog({ connectionString: databaseUrl, inline: schedulerInline });
  const stream = (category: string, ...names: readonly string[]): string => v5([category, ...names].join("/"), v5.URL);
  const registry = createRegistry({
    log,
    clock: { now: () => Date.now() },
    ids: { event: () => v7(), stream },
    handlers: new Set(["email"]),
  });
  const [template] = builtinDefinitions;
  const meta = { source: "/bench", correlationId: v7(), actor: "key:bench", region: "local" };
  try {
    const latencies: number[] = [];
    for (let number = 0; number < decisions; number += 1) {
      // A type has few versions; a new type now and then keeps it so.
      const definition = { ...template, type: `bench-${Math.floor(number / 10)}`, title: `Version ${number}` };
      const began = performance.now();
      const written = await registry.registerVersion(definition, { meta });
      latencies.push(performance.now() - began);
      if (!written.ok) throw new Error(written.refusal.message);
    }
    return latencies;
  } finally {
    await log.close();
  }
}

export async function decide(message: DecideMessage): Promise<DecideReport> {
  switch (message.what) {
    case "order":
      return { latencies: order(message) };
    case "registration":
      return { latencies: await registration(message) };
    default:
      return { latencies: planTimes(message.decisions, message.what === "quarterly-plan") };
  }
}
