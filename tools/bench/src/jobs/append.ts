// Events a second through the log's append, or the same rows by a bare INSERT.
import { openPostgresLog } from "@wedsync/adapter-postgres";
import type { AppendRequest, EventLog, InlineProjection } from "@wedsync/event-log";
import { schedulerInline } from "@wedsync/scheduler";
import { Client } from "pg";
import { v7 } from "uuid";
import { guardRows, requestsFor, type AppendMessage } from "./append-requests.js";
import { insertAll } from "./bare-insert.js";

export interface AppendReport {
  readonly perSecond: number;
  /** Processor time of the client, microseconds an event. */
  readonly cpuUs: number;
}

/** The same tables, and nothing to write to them. */
const noRows: InlineProjection = { tables: schedulerInline.tables, fold: () => [] };

export async function append(message: AppendMessage): Promise<AppendReport> {
  const { databaseUrl, kind, way, events, warmUp } = message;
  const guarding = openPostgresLog({ connectionString: databaseUrl, inline: schedulerInline });
  await guarding.appendTogether(guardRows());
  const before = await guarding.head();
  await guarding.close();
  const log = openPostgresLog({
    connectionString: databaseUrl,
    inline: kind === "execution" ? schedulerInline : noRows,
  });
  const run = async (requests: readonly AppendRequest[], after: bigint): Promise<void> => {
    if (way === "log") await appendAll(log, requests, message.callers);
    else await insertAll(message, requests, Number(after) + 1);
  };
  try {
    await run(requestsFor(warmUp, v7), before);
    const requests = requestsFor(events, v7);
    const cpu = process.cpuUsage();
    const began = performance.now();
    await run(requests, before + BigInt(warmUp));
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    await assertWritten(message, Number(before) + warmUp + events);
    return { perSecond: events / seconds, cpuUs: (user + system) / events };
  } finally {
    await log.close();
  }
}

/** Callers that each wait for their answer before they append again. */
async function appendAll(log: EventLog, requests: readonly AppendRequest[], callers: number): Promise<void> {
  let next = 0;
  const call = async (): Promise<void> => {
    for (let request = requests[next]; request !== undefined; request = requests[next]) {
      next += 1;
      const result = await log.append(request);
      if (!result.ok) throw new Error(`An append was refused: ${result.code}.`);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}

async function assertWritten({ databaseUrl, kind, events, warmUp }: AppendMessage, head: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: string; last: string; pending: string }>(
      `select (select count(*) from wedsync.events) as n, (select max(position) from wedsync.events) as last,
              (select count(*) from wedsync.pending) as pending`,
    );
    const pending = kind === "execution" ? events + warmUp : 0;
    const found = rows[0];
    if (Number(found?.n) !== head || Number(found?.last) !== head || Number(found?.pending) !== pending)
      throw new Error(`Not what should stand in the tables: ${JSON.stringify(found)}, expected ${head} events.`);
  } finally {
    await client.end();
  }
}
