// RPL-5: `replay verify` folds every generation of the read models again, and says so when it may not.
import { runReplay } from "@wedsync/test";
import { untilActive } from "./testing/lag.js";
import {
  openTestLog,
  schema,
  startTestAggregator,
  type RunningAggregator,
  type TestLog,
} from "./testing/running-aggregator.js";
import { executionAppend, happened, stored, streamOf, weddingAppend, workOf } from "./testing/sample-events.js";

interface Verdict {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly count: number;
    readonly summary: string;
    readonly findings: readonly { readonly code: string; readonly message: string }[];
  }[];
}

describe("replay verify and the read models", () => {
  let test: TestLog;
  let app: RunningAggregator;
  beforeAll(async () => {
    test = await openTestLog();
    app = await startTestAggregator(test, { LOG_LEVEL: "silent" });
    const wedding = await test.log.append(weddingAppend("lens", "w", "2027-06-12"));
    expect(wedding.ok).toBe(true);
    const lives = Array.from({ length: 60 }, (_, n) => {
      const work = workOf("lens", "w", { dueAt: Date.parse("2027-03-01") + n * 43_200_000 });
      const ends = [[happened.succeeded()], [happened.failed(), happened.retry(work)], [happened.lost()]][n % 3] ?? [];
      const events =
        n % 5 === 0
          ? [happened.requested(work), happened.skipped()]
          : [happened.requested(work), happened.started(work), ...ends];
      return executionAppend(streamOf("life", String(n)), "lens", 0, events);
    });
    for (const result of await test.log.appendTogether(lives)) expect(result.ok).toBe(true);
    // One stream is parked: what came before its poison counts.
    const poison = executionAppend(streamOf("life", "0"), "lens", 2, []);
    const [stream] = poison.streams;
    if (stream === undefined) throw new Error("no stream");
    const event = { ...stored(happened.started(workOf("lens", "w"))), data: { work: "none" } };
    expect((await test.log.append({ ...poison, streams: [{ ...stream, events: [event] }] })).ok).toBe(true);
    await untilActive(app.api, "executions", 1);
    await app.api.call("POST", "/v1/read-models/executions/rebuild");
    await untilActive(app.api, "executions", 2);
  });
  afterAll(async () => {
    await app.stop();
    await test.close();
  });
  const verify = async (database: string): Promise<Verdict> => {
    const run = await runReplay(database, "verify", "--json");
    if (run.stdout === "") throw new Error(run.stderr);
    return JSON.parse(run.stdout) as Verdict;
  };
  const check = (verdict: Verdict, name: string) => verdict.checks.find((one) => one.name === name);

  it("RPL-5 AGG-4: every generation is what the log says, a parked stream up to its poison", async () => {
    const verdict = await verify(test.database.appUrl);
    for (const name of ["executions_g1", "executions_g2", "weddings_g1"]) {
      expect(check(verdict, name)).toMatchObject({ name, ok: true, count: 0 });
    }
    expect(check(verdict, "executions_g2")?.summary).toMatch(
      /^60 live rows, 60 from the log up to position \d+, 1 parked$/,
    );
    expect(check(verdict, "weddings_g1")?.summary).toMatch(/^1 live rows, 1 from the log/);
    expect(check(verdict, "checkpoints")?.summary).toContain("executions_g2 at");
  });

  it("RPL-5: a row that was changed, one that is missing and one too many are named, in their generation alone", async () => {
    const [changed, missing] = [streamOf("life", "1"), streamOf("life", "2")];
    const extra = streamOf("nobody");
    const table = `${schema}.executions_g2`;
    await test.query(`update ${table} set day = '2027-01-01' where execution = $1`, [changed]);
    await test.query(`delete from ${table} where execution = $1`, [missing]);
    await test.query(
      `insert into ${table} (execution, vendor, wedding, status, version) values ($1, 'lens', 'w', 'pending', 1)`,
      [extra],
    );
    const verdict = await verify(test.database.appUrl);
    expect(verdict.ok).toBe(false);
    const found = check(verdict, "executions_g2");
    expect(found).toMatchObject({ ok: false, count: 3 });
    expect(found?.findings.map(({ code }) => code).toSorted()).toStrictEqual([
      "row_differs",
      "row_extra",
      "row_missing",
    ]);
    const differs = found?.findings.find(({ code }) => code === "row_differs")?.message ?? "";
    expect(differs).toContain(`executions_g2 ${changed}: day is 2027-01-01, the log says 2027-03-01.`);
    expect(check(verdict, "executions_g1")?.ok).toBe(true);
  });

  it("RPL-5: a login that may read nothing gets one line that says what it needs", async () => {
    const name = `stranger_${streamOf("stranger", test.database.appUrl).slice(0, 8)}`;
    await test.query(`create role ${name} login password 'stranger'`);
    try {
      const url = new URL(test.database.appUrl);
      [url.username, url.password] = [name, "stranger"];
      const run = await runReplay(url.href, "verify", "--json");
      expect([run.code, JSON.parse(run.stdout)]).toMatchObject([1, { error: { code: "tables_unreadable" } }]);
      expect(run.stderr.trim().split("\n")).toHaveLength(1);
    } finally {
      await test.query(`drop role ${name}`);
    }
  });

  it("RPL-5: a login that may read the log alone is told what was not compared", async () => {
    const name = `reader_${streamOf("reader", test.database.appUrl).slice(0, 8)}`;
    await test.query(`create role ${name} login password 'reader' in role wedsync_read`);
    try {
      const url = new URL(test.database.appUrl);
      [url.username, url.password] = [name, "reader"];
      const verdict = await verify(url.href);
      expect(check(verdict, "checkpoints")?.summary).toContain("may not read them; use a member of the role app_ops");
      expect(check(verdict, "executions_g1")).toBeUndefined();
    } finally {
      await test.query(`drop role ${name}`);
    }
  });
});
