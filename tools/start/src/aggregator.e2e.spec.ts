// The aggregator in the whole platform: it counts what the orchestrator did, and comes back when it is killed.
import { join } from "node:path";
import { makeFolder, until } from "@wedsync/test";
import { start, wedsync, type Started } from "./testing/started.js";

interface Counts {
  readonly items: readonly { readonly counts: Readonly<Record<string, number>> }[];
  readonly nextCursor?: string;
}
interface Models {
  readonly items: readonly {
    readonly name: string;
    readonly generations: readonly {
      readonly generation: number;
      readonly status: string;
      readonly eventsBehind: number;
    }[];
  }[];
}

async function ask<Body>(platform: Started, path: string): Promise<Body> {
  const answer = await fetch(`${platform.metrics}${path}`, { headers: { authorization: `Bearer ${platform.key}` } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as Body;
}

async function totals(platform: Started): Promise<Readonly<Record<string, number>>> {
  const sums: Record<string, number> = {};
  let cursor = "";
  for (;;) {
    const page = await ask<Counts>(platform, `/v1/execution-counts?limit=500${cursor}`);
    for (const { counts } of page.items)
      for (const [status, n] of Object.entries(counts)) sums[status] = (sums[status] ?? 0) + n;
    if (page.nextCursor === undefined) return sums;
    cursor = `&cursor=${page.nextCursor}`;
  }
}

describe("the aggregator of a started platform", () => {
  it("OPS-1 AGG-1 AGG-4: counts what the orchestrator counts, survives kill -9, and is rebuilt by the command line", async () => {
    const platform = await start(join(await makeFolder("start"), "data"), ["--port", "0"]);
    const atRest = async () => {
      const { executions } = await platform.call<{ executions: Record<string, number> }>("GET", "/v1/status");
      return executions;
    };
    await until(
      atRest,
      (now) => (now["waiting"] ?? 0) === 0 && (now["running"] ?? 0) === 0 && (now["succeeded"] ?? 0) > 0,
    );
    const same = async () => ({ here: await totals(platform), there: await atRest() });
    const finals = ["succeeded", "scheduled", "skipped", "cancelled"];
    const agree = ({ here, there }: Awaited<ReturnType<typeof same>>): boolean =>
      finals.every((status) => (here[status] ?? 0) === (there[status] ?? 0));
    const counted = await until(same, agree);
    expect(counted.here["succeeded"]).toBeGreaterThan(0);

    process.kill(await platform.child("metrics-aggregator"), "SIGKILL");
    await until(
      async () => await same().catch(() => undefined),
      (found) => found !== undefined && agree(found),
    );

    expect(await wedsync(platform, ["read-models", "rebuild", "executions"])).toMatchObject({
      code: 0,
      json: { generation: 2 },
    });
    const list = async () => (await wedsync<Models>(platform, ["read-models", "list"])).json.items;
    const models = await until(list, (items) =>
      items.some(({ name, generations }) => name === "executions" && generations.at(-1)?.status === "active"),
    );
    expect(models.map(({ name }) => name)).toStrictEqual(["executions", "weddings"]);
    await until(same, agree);
    expect(await wedsync(platform, ["read-models", "drop", "executions", "1"])).toMatchObject({ code: 0 });
    expect(await platform.stop()).toBe(0);
  });
});
