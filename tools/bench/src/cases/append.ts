// P-4: the log's append beside a bare multi-row INSERT of the same rows.
import { bySize, type BenchCase, type CaseContext } from "../case.js";
import { compare } from "../compare.js";
import { runJob } from "../job.js";
import type { AppendMessage } from "../jobs/append-requests.js";
import type { AppendReport } from "../jobs/append.js";
import { programs } from "../programs.js";
import type { Measurement, Target } from "../result.js";
import { interleave } from "../rounds.js";

const callerCounts = [1, 50, 500] as const;
const kinds = ["fact", "execution"] as const;
type Kind = (typeof kinds)[number];
type Callers = (typeof callerCounts)[number];

const kindText: Readonly<Record<Kind, string>> = {
  fact: "event alone",
  execution: "event and its pending row",
};

const eventsOf = ({ size }: CaseContext, callers: Callers): number =>
  bySize(size, {
    quick: callers === 1 ? 200 : 1_000,
    usual: callers === 1 ? 3_000 : 20_000,
    full: callers === 1 ? 10_000 : 60_000,
  });

function targetOf(callers: Callers, connections: number): Target {
  if (callers === 1) return { kind: "ratio-at-least", limit: 0.8 };
  return { kind: "ratio-at-least", limit: connections === 1 ? 1.2 : 0.9 };
}

async function measure(
  context: CaseContext,
  message: Pick<AppendMessage, "way" | "callers" | "connections" | "kind">,
): Promise<number> {
  const database = await context.workshop.platformDatabase();
  try {
    const events = eventsOf(context, message.callers as Callers);
    const request: AppendMessage = {
      job: "append",
      databaseUrl: database.ownerUrl,
      events,
      warmUp: Math.ceil(events / 4),
      ...message,
    };
    return (await runJob<AppendReport>(programs.job, request, context)).perSecond;
  } finally {
    await database.drop();
  }
}

async function side(context: CaseContext, kind: Kind, callers: Callers): Promise<readonly Measurement[]> {
  const connectionCounts = callers === 1 ? [1] : [1, 2];
  const figures = await interleave(
    [
      { name: "log", run: () => measure(context, { way: "log", callers, connections: 1, kind }) },
      ...connectionCounts.map((connections) => ({
        name: `bare ${connections}`,
        run: () => measure(context, { way: "bare", callers, connections, kind }),
      })),
    ],
    { rounds: context.rounds, signal: context.signal, onStep: (name) => context.step(`${callers} callers, ${name}`) },
  );
  return connectionCounts.map((connections) =>
    compare({
      id: "P-4",
      variant: `${callers} ${callers === 1 ? "caller" : "callers"}, ${kindText[kind]}`,
      unit: "events/s",
      figures: figures.get("log"),
      baseline: {
        name: `bare INSERT, ${callers} rows, ${connections} ${connections === 1 ? "connection" : "connections"}`,
        figures: figures.get(`bare ${connections}`),
      },
      target: targetOf(callers, connections),
    }),
  );
}

export const appendCase: BenchCase = {
  id: "P-4",
  title: "Log append",
  method:
    "Callers append one event (about 900 bytes) each and wait; expected version and two guards are checked. Beside it: INSERT ... VALUES of " +
    "the same rows from the same client, as many rows a statement as there are callers, one prepared statement, text " +
    "parameters, nothing checked; with the pending row: both INSERTs in one transaction.",
  run: async (context) => {
    const perSide = { 1: 2, 50: 3, 500: 3 } as const;
    const counts = callerCounts;
    context.steps(kinds.length * context.rounds * counts.reduce((sum, callers) => sum + perSide[callers], 0));
    const rows: Measurement[] = [];
    for (const kind of kinds) for (const callers of counts) rows.push(...(await side(context, kind, callers)));
    return rows;
  },
};
