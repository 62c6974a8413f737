// LOG-2 under attack: writers and their server sessions are stopped in the middle, a reader follows all the while.
import { until } from "@wedsync/test";
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openFixture, seeded, type Fixture } from "./testing/fixture.js";

const writers = 8;
const rows = 50;

describe("a reader while eight writers are stopped and continued", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture();
  });
  afterAll(async () => {
    await fixture.close();
  });

  it("LOG-2 S1 INVARIANTS 1-4, 8: never sees a gap, and ends with exactly what the table holds", async () => {
    const seen: bigint[] = [];
    const stop = new AbortController();
    const reader = fixture.open({ readers: 2 });
    const following = (async () => {
      for await (const batch of reader.tail({ after: 0n, batch: 200, signal: stop.signal }))
        for (const event of batch) seen.push(event.position);
    })();

    const children = await Promise.all(Array.from({ length: writers }, () => startWriter(fixture.database.appUrl)));
    const chance = seeded(20_260_612);
    const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(chance() * items.length)];
    for (let round = 0; round < 40; round += 1) {
      // Half of the time the client is stopped, half of the time the server session that may hold the append lock.
      const victim =
        round % 2 === 0
          ? pick(children)?.child.pid
          : pick(
              await fixture.query<{ pid: number }>(
                "select pid from pg_stat_activity where datname = current_database() and application_name = 'wedsync-committer'",
              ),
            )?.pid;
      if (victim === undefined) continue;
      process.kill(victim, "SIGSTOP");
      await pause(20 + chance() * 60);
      process.kill(victim, "SIGCONT");
    }
    const acknowledged = (await Promise.all(children.map(async (writer) => await writer.finish()))).flat();

    const head = await reader.head();
    await until(
      () => Promise.resolve(BigInt(seen.length)),
      (found) => found >= head,
    );
    stop.abort();
    await following;

    const stored = await fixture.query<{ position: string }>("select position from wedsync.events order by position");
    expect(stored.length).toBeGreaterThan(writers * rows);
    expect(seen).toStrictEqual(stored.map((row) => BigInt(row.position)));
    expect(seen).toStrictEqual(Array.from({ length: seen.length }, (_, index) => BigInt(index + 1)));
    for (const [first, last] of acknowledged) expect(BigInt(last) - BigInt(first)).toBe(BigInt(rows - 1));
    const broken = await fixture.query(
      `select stream from wedsync.events group by stream having count(*) <> max(version) or min(version) <> 1
       union all select event_id from wedsync.events group by event_id having count(*) > 1`,
    );
    expect(broken).toStrictEqual([]);
    const backwards = await fixture.query(
      `select 1 from (select recorded_at a, lag(recorded_at) over (order by position) b from wedsync.events) t where a < b`,
    );
    expect(backwards).toStrictEqual([]);
  });
});

interface Writer {
  readonly child: ChildProcess;
  finish(): Promise<readonly (readonly [string, string])[]>;
}

async function startWriter(url: string): Promise<Writer> {
  const child = fork(fileURLToPath(new URL("testing/writer.mjs", import.meta.url)), [url, String(rows)], {
    execArgv: [],
  });
  await message(child);
  return {
    child,
    finish: async () => {
      const answer = message(child);
      child.send("stop");
      return ((await answer) as { acknowledged: readonly (readonly [string, string])[] }).acknowledged;
    },
  };
}

function message(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the writer ended with ${String(code)}`)));
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
