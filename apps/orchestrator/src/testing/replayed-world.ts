// A platform after real traffic: mails sent, held, scheduled and moved, a change of the leader. What a replay reads back.
import { randomBytes } from "node:crypto";
import { runReplay, until } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "./running-platform.js";
import { book, dayFromNow, requestEmail } from "./sample.js";

/** What the tool prints with `--json`, as far as specs look into it. */
export interface Document extends Readonly<Record<string, unknown>> {
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly summary: string;
    readonly findings: readonly { readonly code: string; readonly message: string; readonly position?: string }[];
  }[];
  readonly changes: readonly { readonly what: string }[];
  readonly executions: Readonly<Record<string, number>>;
}

export interface ReplayedWorld {
  readonly platform: RunningPlatform;
  /** 40 that succeeded, six that were held, one for later, then those of the second leader. */
  readonly executions: readonly string[];
  /** A moment while work was held: what the platform and the tool said then. */
  readonly middle: Middle;
}

interface Middle {
  readonly at: string;
  readonly status: Readonly<Record<string, unknown>>;
  readonly state: Document;
}

/** Runs the tool with `--json` on a database. */
export async function replayJson(database: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await runReplay(database, ...args, "--json");
  return { code, stderr, document: JSON.parse(stdout) as Document };
}

export async function startReplayedWorld(): Promise<ReplayedWorld> {
  const platform = await startTestPlatform();
  const { api } = platform;
  const executions: string[] = [];
  const request = async (vendor: string, wedding: string, key: string, more = {}): Promise<void> => {
    const { body } = await requestEmail(api, vendor, wedding, key, more);
    executions.push(body.executionId);
  };
  await book(api, "lens", "w1", { date: dayFromNow(60) });
  await book(api, "lens", "w2", { date: dayFromNow(1) });
  await book(api, "hall", "w1", { date: dayFromNow(3) });
  for (let each = 0; each < 40; each += 1)
    await (each % 3 === 0
      ? request("hall", "w1", `key-${each}`)
      : request("lens", each % 2 === 0 ? "w1" : "w2", `key-${each}`));
  // All of them, before the hold: what has not started by then would wait behind it.
  await reached(platform, "succeeded", 40);
  await api.call("POST", "/v1/hold", { scope: "vendor:hall" });
  for (let each = 0; each < 6; each += 1) await request("hall", "w1", `held-${each}`);
  await request("lens", "w1", "later", { when: { day: -30, time: "09:00" } });
  // The leader plans by itself: a log without a plan would say nothing about season and capacity.
  await until(
    async () => await platform.query("select from wedsync.events where type = 'CapacityPlanned'"),
    (found) => found.length > 0,
  );
  await settled(platform);
  const middle = await momentOf(platform);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await book(api, "lens", "w1", { date: dayFromNow(90) });
  await api.call("POST", "/v1/release", { scope: "vendor:hall" });
  await reached(platform, "succeeded", 46);
  // Another process's lead: the leader changes.
  await platform.query(
    "update wedsync.leader set epoch = epoch + 1, counter = counter + 1, holder = gen_random_uuid() where role = 'dispatcher'",
  );
  const oneMore = async (): Promise<number> => {
    await request("lens", "w2", `after-${randomBytes(4).toString("hex")}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return await statusCount(platform, "succeeded");
  };
  await until(oneMore, (found) => found > 46);
  await reached(platform, "pending", 1);
  await reached(platform, "running", 0);
  await settled(platform);
  return { platform, executions, middle };
}

/** The platform plans now and then: the snapshot counts when nothing was recorded while it was taken. */
async function momentOf(platform: RunningPlatform): Promise<Middle> {
  const look = async () => {
    const [now] = await platform.query<{ at: string; head: string }>(
      `select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, max(position)::text as head
         from wedsync.events`,
    );
    const { body: status } = await platform.api.call<Record<string, unknown>>("GET", "/v1/status");
    const { document: state } = await replayJson(platform.database.ownerUrl, "state");
    return { at: now?.at ?? "", head: now?.head, status, state };
  };
  return await until(look, ({ head, state }) => String(state["position"]) === head);
}

async function statusCount(platform: RunningPlatform, status: string): Promise<number> {
  const [row] = await platform.query<{ n: string }>(
    "select count(*) as n from wedsync.execution_list where status = $1",
    [status],
  );
  return Number(row?.n ?? 0);
}

const reached = async (platform: RunningPlatform, status: string, count: number): Promise<void> =>
  void (await until(
    async () => await statusCount(platform, status),
    (found) => found === count,
  ));

/** The list has seen the whole log. */
const settled = async (platform: RunningPlatform): Promise<void> =>
  void (await until(
    async () =>
      await platform.query<{ head: string; at: string }>(
        "select (select max(position) from wedsync.events) as head, coalesce((select position from wedsync.projection where name = 'execution_list'), 0) as at",
      ),
    ([row]) => row?.head === row?.at,
  ));
