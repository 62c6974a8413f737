// What can go wrong in a run, and how it is done.
import type { Pool } from "pg";
import type { FaultRow } from "../evidence/rows.js";
import type { Client } from "../load/client.js";
import type { Cluster } from "../platform/cluster.js";
import { roles, type Fleet, type Member, type Role } from "../platform/fleet.js";
import type { Proxy } from "../platform/proxy.js";
import type { Random } from "../random.js";
import { sleep } from "../wait.js";

export const faultKinds = [
  "kill-api",
  "kill-dispatcher",
  "kill-worker",
  "kill-aggregator",
  "pause-dispatcher",
  "pause-worker",
  "pause-aggregator",
  "hold-behind-worker",
  "restart-role",
  "crash-postgres",
  "shut-down-postgres",
  "cut-connections",
  "cut-after-answer",
  "terminate-backends",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Faults this machine cannot do, and why. */
export const notAvailable: Readonly<Record<string, string>> = {
  "clock-step":
    "not available: stepping the clock needs a clock of the server's own, which this machine does not offer",
};

export interface Target {
  readonly fleet: Fleet;
  readonly cluster: Cluster;
  readonly proxy: Proxy;
  /** As the owner, around the proxy. */
  readonly pool: Pool;
  /** As an operator. */
  readonly client: Client;
  readonly leaseTermMs: number;
  readonly random: Random;
  /** The whole run is given up: a fault that takes its time ends at once. */
  readonly signal: AbortSignal;
}

type Doing = (target: Target) => Promise<Pick<FaultRow, "target" | "worker"> | undefined>;

/** Whom it hurts most: the leader, the worker with most attempts open. Sometimes, or when nobody stands out, anybody. */
const one = async ({ fleet, random, pool }: Target, role: Role): Promise<Member | undefined> => {
  const ready = fleet.members.filter((member) => member.role === role && member.url !== undefined);
  if (ready.length === 0) return undefined;
  const anybody = random.pick(ready);
  if (random.chance(0.2)) return anybody;
  if (role === "dispatcher") return ready.find((member) => member.isLeading) ?? anybody;
  if (role !== "worker") return anybody;
  const { rows } = await pool.query<{ worker: string }>(
    "select worker from wedsync.open_attempt group by worker order by count(*) desc",
  );
  return rows.map(({ worker }) => ready.find((member) => member.worker === worker)).find(Boolean) ?? anybody;
};
const named = ({ name, worker }: Member): Pick<FaultRow, "target" | "worker"> => ({
  target: name,
  ...(worker === undefined ? {} : { worker }),
});

const killed =
  (role: Role): Doing =>
  async (target) => {
    const member = await one(target, role);
    if (member === undefined) return undefined;
    const found = named(member);
    target.fleet.signal(member, "SIGKILL");
    return found;
  };

/** A zombie: silent for longer than its lease, and then it goes on as if nothing had been. */
const paused =
  (role: Role): Doing =>
  async (target) => {
    const member = await one(target, role);
    if (member === undefined) return undefined;
    const found = named(member);
    const { fleet, random, leaseTermMs, signal } = target;
    fleet.signal(member, "SIGSTOP");
    await sleep(random.int(Math.round(leaseTermMs * 1.3), Math.round(leaseTermMs * 2.5)), signal);
    fleet.signal(member, "SIGCONT");
    return found;
  };

/** True when a decision after this position chose work for the worker. */
const wasHanded = async (pool: Pool, worker: string, after: string): Promise<boolean> => {
  const { rowCount } = await pool.query(
    "select from wedsync.events where position > $1 and type = 'DispatchDecided' and data::text like '%' || $2 || '%' limit 1",
    [after, worker],
  );
  return rowCount === 1;
};

/**
 * Work is handed to a worker that is silent for less than its lease, and then everything is held: it wakes with work that
 * it may not start any more, and only its claim tells it.
 */
const heldBehind: Doing = async (target) => {
  const member = await one(target, "worker");
  if (member === undefined) return undefined;
  const found = named(member);
  const { fleet, client, pool, random, leaseTermMs, signal } = target;
  const until = performance.now() + leaseTermMs * 0.4;
  const before = await pool.query<{ head: string }>("select max(position) as head from wedsync.events");
  fleet.signal(member, "SIGSTOP");
  try {
    while (performance.now() < until && !(await wasHanded(pool, found.worker ?? "", before.rows[0]?.head ?? "0")))
      await sleep(20, signal);
    await client.call("POST", "/v1/hold", { scope: "platform" });
  } finally {
    fleet.signal(member, "SIGCONT");
  }
  await sleep(random.int(200, 600), signal);
  await client.call("POST", "/v1/release", { scope: "platform" });
  return found;
};

export const faults: Readonly<Record<FaultKind, Doing>> = {
  "kill-api": killed("api"),
  "kill-dispatcher": killed("dispatcher"),
  "kill-worker": killed("worker"),
  "kill-aggregator": killed("aggregator"),
  "pause-dispatcher": paused("dispatcher"),
  "pause-worker": paused("worker"),
  "pause-aggregator": paused("aggregator"),
  "hold-behind-worker": heldBehind,
  "restart-role": async (target) => {
    const member = await one(target, target.random.pick(roles));
    if (member === undefined) return undefined;
    const found = named(member);
    target.fleet.signal(member, "SIGTERM");
    return found;
  },
  "crash-postgres": async ({ cluster }) => {
    await cluster.crash();
    return { target: "postgres" };
  },
  "shut-down-postgres": async ({ cluster }) => {
    await cluster.shutDownImmediately();
    return { target: "postgres" };
  },
  "cut-connections": async ({ proxy }) => await Promise.resolve({ target: `${proxy.cutAll()} connections` }),
  "cut-after-answer": async ({ proxy }) =>
    await Promise.resolve({ target: `${proxy.cutAfterNextAnswer()} connections` }),
  "terminate-backends": async ({ pool }) => {
    const { rowCount } = await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'wedsync-%'",
    );
    return { target: `${rowCount ?? 0} backends` };
  },
};
