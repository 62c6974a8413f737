// A database that cannot be used, or stops answering: the tool says why in one sentence, and Ctrl-C always works.
import { once } from "node:events";
import { createServer } from "node:http";
import { runReplay } from "@wedsync/test";
import { openSilentWay } from "./testing/falling-silent.js";
import { startReplay } from "./testing/replay-process.js";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book } from "./testing/sample.js";

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
  await book(platform.api, "lens", "w1");
});
afterAll(async () => await platform.stop());

const changed = (change: (url: URL) => void): string => {
  const url = new URL(platform.database.ownerUrl);
  change(url);
  return url.href;
};

describe("SEC-2 RPL-7: the first Ctrl-C ends it at once, whatever it waits for", () => {
  // While it connects, reads, counts versions, compares inline tables, compares a read model.
  it.each([
    ["connect", "SIGINT", ["state"]],
    ["order by position limit", "SIGTERM", ["state"]],
    ["having count", "SIGINT", ["verify"]],
    ['wedsync."pending"', "SIGTERM", ["verify"]],
    ['wedsync."execution_list"', "SIGINT", ["verify"]],
    ["position >= $1", "SIGINT", ["timeline", "--vendor", "lens", "--to", "2999-01-01"]],
  ] as const)("although the database fell silent at %j (%s)", async (from, signal, args) => {
    const way = await openSilentWay(platform.database.ownerUrl, from);
    try {
      const replay = startReplay(way.url, ...args, "--json");
      await way.silent;
      replay.stop(signal);
      const { code, stdout, stderr } = await replay.ended;
      expect([code, stderr]).toEqual([130, "replay: Stopped.\n"]);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: "interrupted" } });
    } finally {
      await way.close();
    }
  });
});

describe("SEC-2: a database that cannot be used is told in one sentence, without its address", () => {
  const run = async (database: string) => {
    const json = await runReplay(database, "state", "--json");
    const text = await runReplay(database, "state");
    expect(text.stderr).toBe(json.stderr);
    expect(text.stderr).toMatch(/^replay: .+\n$/);
    expect(text.stderr).not.toMatch(/secret|127\.0\.0\.1|at .*\.js/);
    expect(text.code).toBe(json.code);
    return { exit: text.code, message: text.stderr, ...(JSON.parse(json.stdout) as { error: { code: string } }).error };
  };

  it("one that lets connect and does not answer", async () => {
    const way = await openSilentWay(platform.database.ownerUrl, "connect");
    try {
      expect(await run(way.url)).toMatchObject({
        exit: 1,
        code: "database_unreachable",
        message: expect.stringMatching(/accepts connections but does not answer/),
      });
    } finally {
      await way.close();
    }
  });

  it("a port that speaks something else", async () => {
    const server = createServer((_request, response) => response.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    try {
      expect(await run(`postgres://u:secret@127.0.0.1:${port}/wedsync`)).toMatchObject({
        exit: 1,
        code: "database_unreachable",
        message: expect.stringMatching(/is a Postgres at this address/),
      });
    } finally {
      server.close();
    }
  });

  it("a login that is refused, and a database that is not there, are not a platform that does not run", async () => {
    expect(await run(changed((url) => (url.username = "nobody_of_this_name")))).toMatchObject({
      exit: 1,
      code: "login_refused",
      message: expect.stringMatching(/refused the login \(28\w{3}\): check user and password/),
    });
    expect(await run(changed((url) => (url.pathname = "/no_such_database")))).toMatchObject({
      exit: 1,
      code: "database_unknown",
      message: expect.stringMatching(/has no database of this name \(3D000\)/),
    });
  });

  it.each(["postgres://[bad", "postgres://u:secret@host:99999/db", "mysql://u@host/db"])(
    "%s is wrong usage",
    async (database) => {
      expect(await run(database)).toMatchObject({
        exit: 2,
        code: "usage",
        message: expect.stringMatching(/looks like postgres:\/\/reader@host:5432\/wedsync/),
      });
    },
  );
});
