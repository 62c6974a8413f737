// Two thousand mails, three kills: the worker, the supervisor, the whole group. The witness is an SMTP server outside.
import { fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder, readMails, until } from "@wedsync/test";
import { start, wedsync, type Started } from "./testing/started.js";

const mails = 2_000;
/** Connections of the mail pool: more mails cannot be on their way at once. */
const onTheirWay = 20;

interface Status {
  readonly executions: Readonly<Record<string, number>>;
}
interface Doubts {
  readonly items: readonly { readonly executionId: string; readonly status: string }[];
}

async function recorder(file: string, seed: number): Promise<{ url: string; close: () => void }> {
  const program = fileURLToPath(new URL("../../test/dist/smtp-recorder-process.js", import.meta.url));
  const child = fork(program, [file, String(seed), "5", "50"], {
    detached: true,
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once("message", (message) => resolve(message as { url: string }));
    child.once("exit", (code) => reject(new Error(`the recorder ended with ${String(code)}`)));
  });
  return { url, close: () => child.disconnect() };
}

describe("a platform that is killed in the middle of its work", () => {
  it("SCH-7 INVARIANTS 9, 13-16, 19, 21, 22, 26, 27: ends every execution once, mails nobody twice, and lists every doubt", async () => {
    const folder = await makeFolder("crash");
    const seed = randomInt(1_000_000);
    const file = join(folder, "mails.jsonl");
    const smtp = await recorder(file, seed);
    const env = { SMTP_URL: smtp.url, WEDSYNC_LEASE_TERM: "2s" };
    const again = async (): Promise<Started> => await start(join(folder, "data"), ["--port", "0", "--empty"], env);
    let platform = await again();
    const note = `seed ${seed}`;

    await platform.call("PUT", "/v1/vendors/v", {
      name: "V",
      type: "other",
      market: "europe",
      timeZone: "Europe/Berlin",
    });
    await platform.call("PUT", "/v1/vendors/v/weddings/w", {
      date: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
      couple: { names: "A & B", email: "a.b@example.test" },
    });
    await platform.call("POST", "/v1/hold", { scope: "platform" });
    const accepted: string[] = [];
    for (let from = 0; from < mails; from += 500) {
      const answer = await platform.call<{ results: readonly { execution?: { executionId: string } }[] }>(
        "POST",
        "/v1/vendors/v/executions/bulk",
        {
          items: Array.from({ length: 500 }, (_, index) => ({
            idempotencyKey: `mail-${from + index}`,
            weddingId: "w",
            moduleType: "email",
            payload: { to: `guest-${from + index}@example.test`, subject: `Mail ${from + index}`, text: "x" },
          })),
        },
      );
      accepted.push(...answer.results.map((result) => result.execution?.executionId ?? ""));
    }
    expect(new Set(accepted).size).toBe(mails);
    await platform.call("POST", "/v1/release", { scope: "platform" });

    const reached = async (count: number): Promise<void> => {
      const sent = async () => (await readMails(file)).length;
      await until(sent, (found) => found >= count, { everyMs: 5 });
    };
    await reached(300);
    process.kill(await platform.child("orchestrator"), "SIGKILL");
    await reached(800);
    process.kill(platform.pid, "SIGKILL");
    await platform.ended;
    platform = await again();
    await reached(1_300);
    process.kill(-platform.pid, "SIGKILL");
    await platform.ended;
    platform = await again();

    const open = ["scheduled", "waiting", "running"];
    await until(
      async () => await platform.call<Status>("GET", "/v1/status"),
      ({ executions }) => open.every((name) => (executions[name] ?? 0) === 0),
    );
    const doubts = await wedsync<Doubts>(platform, ["doubts"]);
    const uncertain = doubts.json.items.map((item) => item.executionId);
    expect({ note, uncertain: uncertain.length <= 3 * onTheirWay }).toStrictEqual({ note, uncertain: true });

    const sent = await readMails(file);
    const perGuest = new Map<string, number>();
    for (const { to } of sent) perGuest.set(to, (perGuest.get(to) ?? 0) + 1);
    expect({ note, doubled: [...perGuest].filter(([, count]) => count > 1) }).toStrictEqual({ note, doubled: [] });
    expect(new Set(sent.map((mail) => mail.messageId)).size).toBe(sent.length);

    // Evidence settles each doubt: what the witness has was delivered, the rest was not.
    const seen = new Set(sent.map((mail) => mail.subject));
    for (const [index, id] of uncertain.entries()) {
      const outcome = seen.has(`Mail ${accepted.indexOf(id)}`) ? "delivered" : "not-delivered";
      const evidence = "the witness's file";
      if (index > 0) await platform.call("POST", `/v1/executions/${id}/settle`, { outcome, evidence });
      else {
        const settled = await wedsync(platform, ["settle", id, "--outcome", outcome, "--evidence", evidence]);
        expect(settled.code).toBe(0);
      }
    }
    expect((await wedsync<Doubts>(platform, ["doubts"])).json.items).toStrictEqual([]);

    const ends = new Map<string, number>();
    for (const [index, id] of accepted.entries()) {
      const { items } = await platform.call<{ items: readonly { type: string; data: { attempt?: number } }[] }>(
        "GET",
        `/v1/executions/${id}/history`,
      );
      const types = items.map((event) => event.type);
      const final = types.filter((type) =>
        ["ExecutionSucceeded", "ExecutionDeadLettered", "ExecutionUncertaintySettled"].includes(type),
      );
      expect({ id, final: final.length }).toStrictEqual({ id, final: 1 });
      ends.set(final[0] ?? "", (ends.get(final[0] ?? "") ?? 0) + 1);
      const starts = items.filter((event) => event.type === "ExecutionStarted");
      expect(starts.map((event) => event.data.attempt)).toStrictEqual(starts.map((_, attempt) => attempt + 1));
      for (const [at, type] of types.entries())
        if (type === "ExecutionStarted") expect(types[at + 1]).not.toBe("ExecutionStarted");
      if (final[0] === "ExecutionSucceeded") expect(seen.has(`Mail ${index}`)).toBe(true);
    }
    expect((ends.get("ExecutionSucceeded") ?? 0) + (ends.get("ExecutionUncertaintySettled") ?? 0)).toBe(mails);
    expect(await platform.stop()).toBe(0);
    smtp.close();
  });
});
