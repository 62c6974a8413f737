// INVARIANTS 47: a word planted wherever a person's data may stand is found in the mail that was sent, and nowhere else.
import { createLogger } from "@wedsync/adapter-process";
import { until } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { dayFromNow } from "./testing/sample.js";

const canary = "Kanarie7f3a";

describe("personal data", () => {
  let platform: RunningPlatform;
  const said: string[] = [];
  const write = process.stderr.write.bind(process.stderr);
  beforeAll(async () => {
    // The logger writes to the descriptor itself; what Nest and libraries print goes through here.
    process.stderr.write = (chunk: string | Uint8Array) => said.push(String(chunk)) > 0;
    platform = await startTestPlatform({ LOG_LEVEL: "trace" });
  });
  afterAll(async () => {
    process.stderr.write = write;
    await platform.stop();
  });

  it("LOG-6 SEC-2 INVARIANTS 47: reaches the mail and nothing else: no table, no answer, no metric, no output", async () => {
    const { api } = platform;
    const answers = [
      await api.call("PUT", "/v1/vendors/v", {
        name: `Studio ${canary}`,
        replyTo: `${canary.toLowerCase()}@example.test`,
        type: "other",
        market: "europe",
        timeZone: "Europe/Berlin",
      }),
      await api.call("PUT", "/v1/vendors/v/weddings/w", {
        date: dayFromNow(40),
        couple: { names: `${canary} & Ben`, email: `couple.${canary}@example.test`, phone: `+49 30 ${canary}` },
      }),
      await api.call("PUT", "/v1/vendors/v/journeys/j", {
        steps: [
          {
            key: "a",
            moduleType: "email",
            at: { day: -1, time: "09:00" },
            config: { subject: `S ${canary}`, text: `T ${canary}` },
          },
        ],
      }),
      await api.call("POST", "/v1/vendors/v/weddings/w/journeys/j"),
    ];
    const accepted = await api.call<{ executionId: string }>(
      "POST",
      "/v1/vendors/v/executions",
      {
        weddingId: "w",
        moduleType: "email",
        payload: {
          to: `other.${canary}@example.test`,
          subject: `Subject ${canary} {{ couple.names }}`,
          text: `Text {{ variables.v }} {{ vendor.name }}`,
          html: `<p>${canary} {{ variables.v }}</p>`,
          variables: { v: `Value ${canary}` },
        },
      },
      { "idempotency-key": `key-${canary}` },
    );
    const state = async () =>
      (await api.call<{ status: string }>("GET", `/v1/executions/${accepted.body.executionId}`)).body;
    await until(state, (found) => found.status === "succeeded");
    const [mail] = await platform.smtp.mails();
    expect(mail?.subject).toContain(canary);
    expect(mail?.text).toContain(`Value ${canary}`);
    expect(mail?.to).toContain(canary);
    expect(mail?.replyTo).toContain(canary.toLowerCase());

    // A refused settlement with evidence, a wrong address: refusals do not echo either.
    answers.push(
      await api.call("POST", `/v1/executions/${accepted.body.executionId}/settle`, {
        outcome: "delivered",
        evidence: canary,
      }),
      await api.call("GET", `/v1/executions/${accepted.body.executionId}/history`),
      await api.call("GET", "/v1/executions?vendor=v"),
      await api.call("GET", "/v1/vendors/v/weddings/w"),
      await api.call("GET", "/v1/status"),
      await api.call("GET", "/metrics"),
    );
    // The vendor's and the journey's own views show the caller what it stored; everything else must not.
    for (const [index, answer] of answers.entries()) {
      if (index === 0 || index === 2) continue;
      expect({ index, leaked: answer.text.toLowerCase().includes(canary.toLowerCase()) }).toStrictEqual({
        index,
        leaked: false,
      });
    }

    const tables = await platform.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    expect(tables.length).toBeGreaterThan(8);
    for (const { name } of tables) {
      const found = await platform.query(`select from ${name} t where t::text ilike '%${canary}%'`);
      expect({ name, rows: found.length }).toStrictEqual({ name, rows: 0 });
    }
    expect(said.join("").toLowerCase()).not.toContain(canary.toLowerCase());
  });

  it("LOG-7: the couple in clear is given out only when asked for, and the read is in the log first", async () => {
    const { api } = platform;
    const asked = await api.call<{ couple: { names: string } }>("GET", "/v1/vendors/v/weddings/w?include=couple");
    expect(asked.body.couple.names).toContain(canary);
    const reads = await platform.query("select data from wedsync.events where type = 'PersonalDataRead'");
    expect(reads).toHaveLength(1);
  });

  it("SEC-2: the logger hides what could hold personal data, by path", () => {
    const lines: string[] = [];
    const logger = createLogger("info", { write: (line: string) => lines.push(line) });
    logger.info(
      {
        email: canary,
        couple: { names: canary },
        request: { headers: { authorization: canary } },
        data: { payload: { to: canary } },
      },
      "x",
    );
    expect(lines.join("")).not.toContain(canary);
  });
});
