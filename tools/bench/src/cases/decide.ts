// P-7: single decisions, and the registration of a module version.
import { bySize, type BenchCase, type CaseContext } from "../case.js";
import { rounded } from "../compare.js";
import { runJob } from "../job.js";
import type { DecideMessage, DecideReport } from "../jobs/decide.js";
import { programs } from "../programs.js";
import type { Measurement } from "../result.js";
import { quantile } from "../statistics.js";

const waiting = 100_000;

const run = async (context: CaseContext, message: Omit<DecideMessage, "job">): Promise<readonly number[]> =>
  (await runJob<DecideReport>(programs.job, { job: "decide", ...message }, context)).latencies;

const row = (variant: string, latencies: readonly number[], limit: number): Measurement => ({
  id: "P-7",
  variant: `${variant}, p99`,
  unit: "ms",
  value: rounded(quantile(latencies, 0.99)),
  baseline: null,
  ratio: null,
  target: { kind: "value-below", limit },
  note: `${latencies.length} times; p50 ${rounded(quantile(latencies, 0.5))} ms, most ${rounded(Math.max(...latencies))} ms`,
});

export const decideCase: BenchCase = {
  id: "P-7",
  title: "Decisions",
  method:
    `Tier and order: the next one of ${waiting} waiting executions of 500 vendors, chosen one at a time. Scaling: the capacity plan of a market for 30 days, with a ` +
    `step at most every hour, and at most every quarter of an hour. Registration: a module version, checked against the ` +
    "one before it, durable on the log when answered.",
  run: async (context) => {
    context.steps(4);
    const order = await run(context, {
      what: "order",
      decisions: bySize(context.size, { quick: 500, usual: 20_000, full: 100_000 }),
      waiting: bySize(context.size, { quick: 10_000, usual: waiting, full: waiting }),
    });
    context.step("tier and order");
    const plans = bySize(context.size, { quick: 20, usual: 1_000, full: 5_000 });
    const plan = await run(context, { what: "plan", decisions: plans, waiting: 0 });
    context.step("capacity plan");
    const quarterly = await run(context, { what: "quarterly-plan", decisions: plans, waiting: 0 });
    context.step("capacity plan by quarters");
    const database = await context.workshop.platformDatabase();
    try {
      const decisions = bySize(context.size, { quick: 20, usual: 300, full: 1_000 });
      const registration = await run(context, {
        what: "registration",
        decisions,
        waiting: 0,
        databaseUrl: database.ownerUrl,
      });
      context.step("registration");
      return [
        row("tier and order decision", order, 0.1),
        row("scaling decision: capacity plan, 30 days", plan, 5),
        row("scaling decision: capacity plan, 30 days by quarters of an hour", quarterly, 5),
        row("registration", registration, 10),
      ];
    } finally {
      await database.drop();
    }
  },
};
