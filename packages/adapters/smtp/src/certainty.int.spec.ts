import type { Step } from "./testing/scripted-server.js";
import { withServer } from "./testing/with-server.js";

const auth = "user:canary%40example.test@";

describe("SMTP: what is certain after a connection is lost", () => {
  const cases: readonly (readonly [Step, unknown])[] = [
    ["greeting", { kind: "not_sent", code: "smtp_connection_lost" }],
    ["ehlo", { kind: "not_sent", code: "smtp_connection_lost" }],
    ["auth", { kind: "not_sent", code: "smtp_connection_lost" }],
    ["mail", { kind: "not_sent", code: "smtp_connection_lost" }],
    ["rcpt", { kind: "not_sent", code: "smtp_connection_lost" }],
    ["data", { kind: "not_sent", code: "smtp_connection_lost" }],
    ["mid_body", { kind: "unknown", code: "smtp_connection_lost" }],
    ["after_body", { kind: "unknown", code: "smtp_connection_lost" }],
  ];
  for (const [step, expected] of cases) {
    for (const action of ["drop", "reset"]) {
      for (const pipelining of [false, true]) {
        it(`SCH-7: a ${action} at ${step}${pipelining ? " with pipelining" : ""} is ${JSON.stringify(expected)}`, () =>
          withServer(
            { step, action, pipelining },
            async ({ server, deliver, begun }) => {
              expect(await deliver()).toEqual(expected);
              expect(begun()).toBe(step === "mid_body" || step === "after_body" ? 1 : 0);
              expect([server.messages.length, server.connections()]).toEqual([0, 1]);
            },
            { auth },
          ));
      }
    }
  }
});

describe("SMTP: what is certain after a reply", () => {
  const steps = ["greeting", "auth", "mail", "rcpt", "data"] as const;
  for (const step of steps) {
    for (const [reply, retryable] of [
      ["450", true],
      ["421", true],
      ["550", false],
    ] as const) {
      for (const pipelining of [false, true]) {
        it(`SCH-5: ${reply} at ${step}${pipelining ? " with pipelining" : ""} took nothing, retryable: ${retryable}`, () =>
          withServer(
            { step, action: `${reply} no canary@example.test`, pipelining },
            async ({ server, deliver, begun }) => {
              // Pipelined, the server's goodbye cuts off the replies that would name the recipient's.
              const cutOff = step === "rcpt" && reply === "421" && pipelining;
              expect(await deliver()).toEqual(
                cutOff
                  ? { kind: "not_sent", code: "smtp_server_closing" }
                  : { kind: "rejected", code: `smtp_${step}_${reply}`, retryable },
              );
              expect([server.messages.length, begun()]).toEqual([0, 0]);
            },
            { auth },
          ));
      }
    }
  }

  for (const [reply, retryable] of [
    ["452", true],
    ["421", true],
    ["554", false],
  ] as const) {
    it(`SCH-7: ${reply} after the whole body is a rejection, not a doubt`, () =>
      withServer({ step: "after_body", action: `${reply} no canary@example.test` }, async ({ deliver, begun }) => {
        expect(await deliver()).toEqual({ kind: "rejected", code: `smtp_message_${reply}`, retryable });
        expect(begun()).toBe(1);
      }));
  }

  it("a recipient refused by a server that takes the body anyway is rejected, and no body is sent", () =>
    withServer(
      { step: "rcpt", action: "550 no", pipelining: true, takesDataAnyway: true },
      async ({ deliver, begun }) => {
        expect(await deliver()).toEqual({ kind: "rejected", code: "smtp_rcpt_550", retryable: false });
        expect(begun()).toBe(0);
      },
    ));

  it("a server that knows no EHLO is spoken to with HELO", () =>
    withServer({ step: "ehlo", action: "502 not here" }, async ({ deliver }) => {
      expect(await deliver()).toEqual({ kind: "accepted", receipt: "250" });
    }));

  it("the receipt is the reply's code; its text may hold an address", () =>
    withServer({}, async ({ deliver }) => {
      expect(await deliver()).toEqual({ kind: "accepted", receipt: "250" });
    }));
});

describe("SMTP: silence", () => {
  // Far longer than the server takes for the steps before: the silence that ends is the one that was asked for.
  const timeouts = { connectMs: 1_000, greetingMs: 1_000, idleMs: 1_000 };
  for (const step of ["greeting", "ehlo", "auth", "mail", "rcpt", "data"] as const) {
    it(`SCH-8: silence at ${step} ends by the connection's own timeout, certainly not sent`, () =>
      withServer(
        { step, action: "hang" },
        async ({ deliver }) => {
          expect(await deliver()).toEqual({ kind: "not_sent", code: "smtp_timeout" });
        },
        { auth, timeouts },
      ));

    it(`SCH-8: an abort while ${step} is silent ends at once, certainly not sent`, () =>
      withServer(
        { step, action: "hang" },
        async ({ server, deliver }) => {
          const controller = new AbortController();
          void server.hung.then(() => controller.abort());
          expect(await deliver({ signal: controller.signal })).toEqual({ kind: "not_sent", code: "smtp_aborted" });
        },
        { auth },
      ));
  }

  it("SCH-7: silence after the body is a doubt", () =>
    withServer(
      { step: "after_body", action: "hang" },
      async ({ deliver }) => {
        expect(await deliver()).toEqual({ kind: "unknown", code: "smtp_timeout" });
      },
      { timeouts },
    ));

  it("SCH-7: an abort in the silence after the body is a doubt", () =>
    withServer({ step: "after_body", action: "hang" }, async ({ server, deliver }) => {
      const controller = new AbortController();
      void server.hung.then(() => controller.abort());
      expect(await deliver({ signal: controller.signal })).toEqual({ kind: "unknown", code: "smtp_aborted" });
    }));

  it("an abort while waiting for a free connection is certainly not sent, and the place is given on", () =>
    withServer(
      { step: "after_body", action: "hang", times: 1 },
      async ({ server, deliver }) => {
        const controller = new AbortController();
        const stuck = deliver({ signal: controller.signal });
        await server.hung;
        const gone = await deliver({ signal: AbortSignal.timeout(50) });
        expect(gone).toEqual({ kind: "not_sent", code: "smtp_aborted" });
        const waiting = deliver();
        controller.abort();
        expect(await stuck).toMatchObject({ kind: "unknown" });
        expect(await waiting).toMatchObject({ kind: "accepted" });
        expect(server.messages.length).toBe(1);
      },
      { pool: { maxConnections: 1 } },
    ));

  it("SCH-7: an abort while the start of the body is being recorded sends nothing", () =>
    withServer({}, async ({ server, deliver }) => {
      const controller = new AbortController();
      const onBodyStart = (): Promise<void> => {
        controller.abort();
        return Promise.resolve();
      };
      expect(await deliver({ signal: controller.signal, onBodyStart })).toEqual({
        kind: "not_sent",
        code: "smtp_aborted",
      });
      expect(server.messages).toEqual([]);
    }));

  it("SCH-7: a connection that is lost while the start of the body is being recorded sends nothing later", () =>
    withServer({ closeAfterMessage: true }, async ({ server, deliver }) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const pending = deliver({ onBodyStart: () => promise });
      await server.close().catch(() => undefined);
      expect(await pending).toMatchObject({ kind: "not_sent" });
      resolve();
      expect(server.messages).toEqual([]);
    }));
});
