import type { DeliverOptions, DeliveryOutcome, HttpMessage } from "@wedsync/journey-modules";
import { Webhook } from "standardwebhooks";
import { createHttpProvider, type HttpProviderOptions } from "./index.js";
import { startDeafSide, startFarSide, type Answer, type Call, type FarSide } from "./testing/far-side.js";
import { messageTo, secret } from "./testing/message.js";

type Deliver = (more?: Partial<DeliverOptions>, message?: Partial<HttpMessage>) => Promise<DeliveryOutcome>;

async function withSide(
  side: FarSide,
  body: (side: FarSide, deliver: Deliver) => Promise<void>,
  more: Partial<HttpProviderOptions> = {},
): Promise<void> {
  const provider = createHttpProvider({ secret, allowPrivate: true, ...more });
  try {
    await body(side, async (options = {}, message = {}) => {
      const { signal } = new AbortController();
      return await provider.deliver(messageTo(side.url, message), { key: "execution-1", signal, ...options });
    });
  } finally {
    await provider.close?.();
    await side.close();
  }
}
const answering = async (
  answer: Answer | ((call: Call, index: number) => Answer),
  body: (side: FarSide, deliver: Deliver) => Promise<void>,
  more: Partial<HttpProviderOptions> = {},
): Promise<void> => await withSide(await startFarSide(answer), body, more);

describe("HTTP: what is certain after an answer", () => {
  it.each<readonly [number, DeliveryOutcome]>([
    [200, { kind: "accepted", receipt: "200" }],
    [204, { kind: "accepted", receipt: "204" }],
    [302, { kind: "rejected", code: "http_302", retryable: false }],
    [400, { kind: "rejected", code: "http_400", retryable: false }],
    [401, { kind: "rejected", code: "http_401", retryable: false }],
    [409, { kind: "rejected", code: "http_409", retryable: true }],
    [422, { kind: "rejected", code: "http_422", retryable: false }],
    [429, { kind: "rejected", code: "http_429", retryable: true }],
    [501, { kind: "rejected", code: "http_501", retryable: false }],
    [503, { kind: "rejected", code: "http_503", retryable: true }],
    [500, { kind: "unknown", code: "http_500" }],
    [502, { kind: "unknown", code: "http_502" }],
    [504, { kind: "unknown", code: "http_504" }],
  ])("SCH-7: %i is %j", (status, expected) =>
    answering({ status, body: "canary@example.test" }, async (_side, deliver) => {
      expect(await deliver()).toStrictEqual(expected);
    }),
  );

  it("SEC-3: a redirect is not followed", () =>
    answering({ status: 307, headers: { location: "/elsewhere" } }, async (side, deliver) => {
      expect(await deliver()).toStrictEqual({ kind: "rejected", code: "http_307", retryable: false });
      expect(side.calls.map((call) => call.path)).toStrictEqual(["/run"]);
    }));

  it("SEC-2: an answer without an end neither fills the memory nor keeps the delivery", () =>
    answering({ status: 200, body: "x".repeat(5_000_000) }, async (_side, deliver) => {
      expect(await deliver()).toStrictEqual({ kind: "accepted", receipt: "200" });
      expect(await deliver()).toStrictEqual({ kind: "accepted", receipt: "200" });
    }));

  it("SEC-2: an answer with headers of any size is a doubt and not a crash", () =>
    answering({ status: 200, headers: { "x-large": "x".repeat(60_000) } }, async (_side, deliver) => {
      expect(await deliver()).toStrictEqual({ kind: "unknown", code: "http_protocol" });
    }));
});

describe("HTTP: what is certain without an answer", () => {
  it("SCH-7: silence after the body is a doubt", () =>
    answering(
      "hang",
      async (_side, deliver) => {
        expect(await deliver()).toStrictEqual({ kind: "unknown", code: "http_timeout" });
      },
      { timeouts: { idleMs: 500 } },
    ));

  it("SCH-7: an abort in the silence after the body is a doubt", () =>
    answering("hang", async (side, deliver) => {
      const controller = new AbortController();
      void side.hung.then(() => controller.abort());
      expect(await deliver({ signal: controller.signal })).toStrictEqual({ kind: "unknown", code: "http_aborted" });
    }));

  it("SCH-8: silence before the body ends by the connection's own time limit, certainly not sent", async () =>
    await withSide(
      await startDeafSide("hang"),
      async (_side, deliver) => {
        expect(await deliver()).toStrictEqual({ kind: "not_sent", code: "http_timeout" });
      },
      { timeouts: { connectMs: 200 } },
    ));

  it("SCH-7: an abort while the start of the body is being recorded sends nothing", () =>
    answering({ status: 200 }, async (side, deliver) => {
      const controller = new AbortController();
      const onBodyStart = (): Promise<void> => Promise.resolve(controller.abort());
      expect(await deliver({ signal: controller.signal, onBodyStart })).toStrictEqual({
        kind: "not_sent",
        code: "http_aborted",
      });
      expect(side.calls).toStrictEqual([]);
    }));

  it("SCH-7: a connection that is lost while the start of the body is being recorded sends nothing later", async () => {
    const side = await startFarSide({ status: 200 });
    await withSide(side, async (_side, deliver) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      const pending = deliver({
        onBodyStart: async () => {
          reached.resolve();
          await promise;
        },
      });
      await reached.promise;
      await side.close();
      expect(await pending).toMatchObject({ kind: "not_sent" });
      resolve();
      expect(side.calls).toStrictEqual([]);
    });
  });

  it("SCH-7: while the start is being recorded not even the head of the request has left", () =>
    answering({ status: 200 }, async (side, deliver) => {
      let before = -1;
      await deliver({
        onBodyStart: async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          before = side.calls.length;
        },
      });
      expect([before, side.calls.length]).toStrictEqual([0, 1]);
    }));

  it("a waiting delivery is aborted without being sent, and the connection is given on", () =>
    answering(
      (_call, index) => (index === 0 ? "hang" : { status: 200 }),
      async (side, deliver) => {
        const controller = new AbortController();
        const stuck = deliver({ signal: controller.signal });
        await side.hung;
        expect(await deliver({ signal: AbortSignal.timeout(50) })).toStrictEqual({
          kind: "not_sent",
          code: "http_aborted",
        });
        const waiting = deliver();
        controller.abort();
        expect(await stuck).toMatchObject({ kind: "unknown" });
        expect(await waiting).toMatchObject({ kind: "accepted" });
        expect(side.calls).toHaveLength(2);
      },
      { connections: 1 },
    ));

  it("says closed after it was closed", async () => {
    const provider = createHttpProvider({ secret });
    await provider.close?.();
    const { signal } = new AbortController();
    expect(await provider.deliver(messageTo("https://example.test"), { key: "k", signal })).toStrictEqual({
      kind: "not_sent",
      code: "http_closed",
    });
  });
});

describe("HTTP: what is sent", () => {
  it("SCH-14: is signed by the Standard Webhooks scheme and names execution and attempt", () =>
    answering({ status: 200 }, async (side, deliver) => {
      await deliver({ attempt: 3 });
      const [call] = side.calls;
      const headers = Object.fromEntries(
        Object.entries(call?.headers ?? {}).map(([name, value]) => [name, String(value)]),
      );
      expect(new Webhook(secret).verify(call?.body ?? "", headers)).toStrictEqual(JSON.parse(messageTo("").body));
      expect(() => new Webhook(secret).verify(`${call?.body ?? ""} `, headers)).toThrow("signature");
      expect(call?.method).toBe("POST");
      expect(headers).toMatchObject({
        "webhook-id": "execution-1",
        "wedsync-execution": "execution-1",
        "wedsync-attempt": "3",
        "content-type": "application/json",
      });
    }));

  it("SCH-7: a keyed far side gets the execution as its key in every attempt, others get none", () =>
    answering({ status: 200 }, async (side, deliver) => {
      await deliver({ attempt: 1 }, { effect: "keyed" });
      await deliver({ attempt: 2 }, { effect: "keyed" });
      await deliver({}, { effect: "plain" });
      await deliver({}, { effect: "at-most-once" });
      expect(side.calls.map((call) => call.headers["idempotency-key"])).toStrictEqual([
        "execution-1",
        "execution-1",
        undefined,
        undefined,
      ]);
    }));

  it("SEC-2: a body beyond the limit is refused before anything is begun", () =>
    answering({ status: 200 }, async (side, deliver) => {
      expect(await deliver({}, { body: "x".repeat(256 * 1024 + 1) })).toStrictEqual({
        kind: "rejected",
        code: "http_body_too_large",
        retryable: false,
      });
      expect(side.connections()).toBe(0);
    }));
});

describe("SEC-3: addresses that are not public", () => {
  it.each<readonly [string, string]>([
    ["http://example.com/", "http_url_not_https"],
    ["ftp://example.com/", "http_url_not_https"],
    ["https://user:secret@example.com/", "http_url_invalid"],
    ["nonsense", "http_url_invalid"],
    ["https://127.0.0.1/", "http_address_private"],
    ["https://2130706433/", "http_address_private"],
    ["https://0x7f.1/", "http_address_private"],
    ["https://[::1]/", "http_address_private"],
    ["https://[::ffff:10.0.0.1]/", "http_address_private"],
    ["https://169.254.169.254/latest/meta-data/", "http_address_private"],
    ["https://localhost/", "http_address_private"],
  ])("%s is never called", async (url, code) => {
    const provider = createHttpProvider({ secret });
    const begun: string[] = [];
    const outcome = await provider.deliver(messageTo(url), {
      key: "k",
      signal: AbortSignal.timeout(5_000),
      onBodyStart: () => void begun.push(url),
    });
    await provider.close?.();
    expect(outcome).toStrictEqual({ kind: "rejected", code, retryable: false });
    expect(begun).toStrictEqual([]);
  });
});
