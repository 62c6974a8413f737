import { createSmtpProvider } from "./index.js";
import { mail } from "./testing/mail.js";
import { startScriptedServer } from "./testing/scripted-server.js";
import { withServer } from "./testing/with-server.js";

describe("SMTP: the connections", () => {
  it("one connection carries many mails, and a refused one does not close it", () =>
    withServer(
      { step: "rcpt", action: "550 no", times: 1 },
      async ({ server, deliver }) => {
        expect(await deliver()).toMatchObject({ kind: "rejected" });
        for (let index = 0; index < 3; index += 1) expect(await deliver()).toMatchObject({ kind: "accepted" });
        expect([server.messages.length, server.connections()]).toEqual([3, 1]);
      },
      { pool: { maxConnections: 1 } },
    ));

  it("there are never more than the limit", () =>
    withServer(
      {},
      async ({ server, deliver }) => {
        const outcomes = await Promise.all(Array.from({ length: 30 }, () => deliver()));
        expect(outcomes).toEqual(Array.from({ length: 30 }, () => ({ kind: "accepted", receipt: "250" })));
        expect([server.messages.length, server.highestOpen() <= 3]).toEqual([30, true]);
      },
      { pool: { maxConnections: 3 } },
    ));

  it("a connection is replaced after its share of mails", () =>
    withServer(
      {},
      async ({ server, deliver }) => {
        for (let index = 0; index < 5; index += 1) await deliver();
        expect([server.messages.length, server.connections()]).toEqual([5, 3]);
      },
      { pool: { maxConnections: 1, maxMessages: 2 } },
    ));

  it("a kept connection that the server has closed costs a mail nothing", () =>
    withServer(
      { closeAfterMessage: true },
      async ({ server, deliver, begun }) => {
        for (let index = 0; index < 4; index += 1) expect(await deliver()).toMatchObject({ kind: "accepted" });
        expect([server.messages.length, begun()]).toEqual([4, 4]);
      },
      { pool: { maxConnections: 1 } },
    ));

  it("a kept connection that breaks before the body is replaced once; the mail goes out once", () =>
    withServer({ step: "mail", action: "drop", skip: 1, times: 1 }, async ({ server, deliver, begun }) => {
      expect(await deliver()).toMatchObject({ kind: "accepted" });
      expect(await deliver()).toMatchObject({ kind: "accepted" });
      expect([server.messages.length, server.connections(), begun()]).toEqual([2, 2, 2]);
    }));

  it("a fresh connection that breaks before the body is not replaced: the scheduler decides about another try", () =>
    withServer({ step: "mail", action: "drop", skip: 1 }, async ({ server, deliver }) => {
      expect(await deliver()).toMatchObject({ kind: "accepted" });
      expect(await deliver()).toEqual({ kind: "not_sent", code: "smtp_connection_lost" });
      expect([server.messages.length, server.connections()]).toEqual([1, 2]);
    }));

  it("SCH-7: a kept connection that breaks after the body began is a doubt, not another try", () =>
    withServer({ step: "after_body", action: "drop", skip: 1, times: 1 }, async ({ server, deliver, begun }) => {
      expect(await deliver()).toMatchObject({ kind: "accepted" });
      expect(await deliver()).toEqual({ kind: "unknown", code: "smtp_connection_lost" });
      expect([server.messages.length, server.connections(), begun()]).toEqual([1, 1, 2]);
    }));

  it("an idle connection is closed", () =>
    withServer(
      {},
      async ({ server, deliver }) => {
        await deliver();
        while (server.openConnections() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
        expect(await deliver()).toMatchObject({ kind: "accepted" });
        expect(server.connections()).toBe(2);
      },
      { pool: { keepMs: 20 } },
    ));

  it("closing waits for a mail under way and then says goodbye", async () => {
    const server = await startScriptedServer();
    const provider = createSmtpProvider({ url: `smtp://127.0.0.1:${server.port}` });
    const { promise, resolve } = Promise.withResolvers<void>();
    const pending = provider.deliver(mail, {
      key: "k",
      signal: new AbortController().signal,
      onBodyStart: () => promise,
    });
    const closed = provider.close?.();
    setTimeout(resolve, 50);
    expect(await pending).toMatchObject({ kind: "accepted" });
    await closed;
    expect(await provider.deliver(mail, { key: "k", signal: new AbortController().signal })).toMatchObject({
      kind: "not_sent",
    });
    await server.close();
  });

  it("SCH-7: nobody listening, or no such host, is certainly not sent", async () => {
    const server = await startScriptedServer();
    await server.close();
    const refused = createSmtpProvider({ url: `smtp://127.0.0.1:${server.port}` });
    const options = { key: "k", signal: new AbortController().signal };
    expect(await refused.deliver(mail, options)).toEqual({ kind: "not_sent", code: "smtp_connection_refused" });
    const nowhere = createSmtpProvider({ url: "smtp://no-such-host.invalid:2525" });
    expect(await nowhere.deliver(mail, options)).toEqual({ kind: "not_sent", code: "smtp_dns" });
  });
});
