// P-3: the API under 500 clients, beside a bare route with the same validation.
import { fork } from "node:child_process";
import { bySize, type BenchCase, type CaseContext } from "../case.js";
import { rounded } from "../compare.js";
import { endProcess, runJob } from "../job.js";
import type { HttpLoadMessage, HttpLoadReport } from "../jobs/http-load.js";
import { call, startOrchestrator } from "../orchestrator.js";
import { programs } from "../programs.js";
import type { Measurement, Target } from "../result.js";
import { interleave, type Figures } from "../rounds.js";
import { median, quantile } from "../statistics.js";

type Side = Pick<HttpLoadMessage, "url" | "key">;
const vendor = "studio";

async function withOrchestrator<Value>(context: CaseContext, work: (side: Side) => Promise<Value>): Promise<Value> {
  const { workshop } = context;
  const database = await workshop.platformDatabase();
  const running = await startOrchestrator(workshop, database);
  try {
    const type = { name: "Studio", type: "photographer", market: "united-kingdom", timeZone: "Europe/London" };
    await call(running, "PUT", `/v1/vendors/${vendor}`, type);
    const date = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    const couple = { names: "Anna & Ben", email: "anna.ben@example.test" };
    await call(running, "PUT", `/v1/vendors/${vendor}/weddings/w-1`, { date, couple });
    return await work(running);
  } finally {
    await running.stop();
    await database.drop();
  }
}

async function withBareRoute<Value>(work: (side: Side) => Promise<Value>): Promise<Value> {
  const child = fork(programs.bareRoute, [], {
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  try {
    const { url } = await new Promise<{ url: string }>((resolve, reject) => {
      child.once("message", (message) => resolve(message as { url: string }));
      child.once("exit", () => reject(new Error("the bare route did not start")));
    });
    return await work({ url, key: "none" });
  } finally {
    await endProcess(child);
  }
}

async function load(context: CaseContext, side: Side, way: "accept" | "health"): Promise<HttpLoadReport> {
  const isAccept = way === "accept";
  const at = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const base = { job: "http-load", ...side, seconds: bySize(context.size, { quick: 2, usual: 5, full: 20 }) } as const;
  const message: HttpLoadMessage = isAccept
    ? {
        ...base,
        method: "POST",
        path: `/v1/vendors/${vendor}/executions`,
        body: {
          weddingId: "w-1",
          moduleType: "email",
          payload: { subject: "Hello", text: "See you soon." },
          when: { at },
        },
        clients: bySize(context.size, { quick: 50, usual: 500, full: 500 }),
        perClient: bySize(context.size, { quick: 2, usual: 2, full: 10 }),
      }
    : { ...base, method: "GET", path: "/health/live", clients: 10, perClient: 10 };
  return await runJob<HttpLoadReport>(programs.job, message, context);
}

/** One round of one side: the p99 is compared, the rest is kept. */
function collecting(kept: Map<string, HttpLoadReport[]>, name: string, run: () => Promise<HttpLoadReport>) {
  return {
    name,
    run: async (): Promise<number> => {
      const report = await run();
      if (report.failed > 0) throw new Error(`${report.failed} requests were not answered with success`);
      kept.set(name, [...(kept.get(name) ?? []), report]);
      return quantile(report.latencies, 0.99);
    },
  };
}

export const apiCase: BenchCase = {
  id: "P-3",
  title: "HTTP API",
  method:
    "500 clients keep their rate whatever happens (2 requests a second each, 10 with --full; an open loop): POST of one execution, durable when answered. " +
    "Times count from the instant a request was due. Beside it: a bare Fastify route with the same validation under the same load.",
  run: async (context) => {
    const kept = new Map<string, HttpLoadReport[]>();
    const rounds = Math.min(context.rounds, 3);
    const ways = ["accept", "health"] as const;
    context.steps(ways.length * 2 * rounds);
    const variants = ways.flatMap((way) => [
      collecting(kept, way, () => withOrchestrator(context, (side) => load(context, side, way))),
      collecting(kept, `bare ${way}`, () => withBareRoute((side) => load(context, side, way))),
    ]);
    const figures = await interleave(variants, { rounds, signal: context.signal, onStep: context.step });
    return [
      ...rowsOf("POST of one execution", "accept", { kind: "value-below", limit: 100 }, figures, kept),
      ...rowsOf("health", "health", { kind: "value-below", limit: 5 }, figures, kept),
    ];
  },
};

function rowsOf(
  text: string,
  name: string,
  target: Target,
  figures: ReadonlyMap<string, Figures>,
  kept: ReadonlyMap<string, readonly HttpLoadReport[]>,
): readonly Measurement[] {
  const at = (side: string, share: number): number | null => {
    const rounds = (kept.get(side) ?? []).map((report) => quantile(report.latencies, share));
    return rounds.length === 0 ? null : rounded(median(rounds));
  };
  const reasons = [name, `bare ${name}`].flatMap((side) => {
    const found = figures.get(side);
    return found?.ok === false ? [found.reason] : [];
  });
  const note = reasons.join("; ");
  return ([0.5, 0.99] as const).map((share) => {
    const value = at(name, share);
    const other = at(`bare ${name}`, share);
    return {
      id: "P-3",
      variant: `${text}, p${share * 100}`,
      unit: "ms",
      value,
      baseline: { name: "bare Fastify route", value: other },
      ratio: value === null || other === null ? null : rounded(value / other),
      target: share === 0.99 ? target : { kind: "reported" },
      ...(note === "" ? {} : { note }),
    };
  });
}
