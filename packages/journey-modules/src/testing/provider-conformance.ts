// What every provider must do, as tests. An adapter calls this with its own far side: a server it can tell how to behave.
import type { ProviderBehaviour } from "../noop.js";
import type { DeliverOptions, DeliveryOutcome, Provider } from "../provider.js";

/** The part of a test runner that the suite needs; the globals of jest and vitest fit. */
export interface TestKit {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
  expect(actual: unknown): {
    toBe(expected: unknown): void;
    toEqual(expected: unknown): void;
    toMatch(expected: RegExp): void;
  };
}

export interface ProviderUnderTest<Message> {
  readonly provider: Provider<Message>;
  readonly message: Message;
  /** Strings of the message that must not appear in any outcome: names, addresses, texts. */
  readonly personal: readonly string[];
  /** How many messages the far side took in whole. */
  delivered(): number;
  /** Resolves when the far side has fallen silent, for the behaviours that hang. */
  hung(): Promise<void>;
  stop(): Promise<void>;
}

export interface ProviderHarness<Message> {
  readonly name: string;
  /** A provider whose far side behaves as told. */
  start(behaviour: ProviderBehaviour): Promise<ProviderUnderTest<Message>>;
  /** A signal and the way to abort it: `new AbortController()`. */
  abortController(): { readonly signal: AbortSignal; abort(): void };
}

const code = /^[a-z][a-z0-9_]{0,63}$/;

export function providerConformance<Message>(
  { describe, it, expect }: TestKit,
  harness: ProviderHarness<Message>,
): void {
  const run = async (
    behaviour: ProviderBehaviour,
    body: (
      test: ProviderUnderTest<Message>,
      deliver: (more?: Partial<DeliverOptions>) => Promise<DeliveryOutcome>,
    ) => Promise<void>,
  ): Promise<void> => {
    const test = await harness.start(behaviour);
    const deliver = async (more: Partial<DeliverOptions> = {}): Promise<DeliveryOutcome> => {
      const { signal } = harness.abortController();
      const outcome = await test.provider.deliver(test.message, { key: "execution-1", signal, ...more });
      for (const text of test.personal) expect(JSON.stringify(outcome).includes(text)).toBe(false);
      if (outcome.kind !== "accepted") expect(outcome.code).toMatch(code);
      return outcome;
    };
    try {
      await body(test, deliver);
    } finally {
      await test.stop();
    }
  };

  describe(`provider ${harness.name}`, () => {
    it("says accepted when the far side has taken the message, once", () =>
      run("accept", async ({ delivered }, deliver) => {
        let begun = 0;
        const outcome = await deliver({ onBodyStart: () => void (begun += 1) });
        expect(outcome.kind).toBe("accepted");
        if (outcome.kind === "accepted") expect((outcome.receipt ?? "").length <= 256).toBe(true);
        expect([delivered(), begun]).toEqual([1, 1]);
      }));

    it("delivers many messages, one after the other and side by side", () =>
      run("accept", async ({ delivered }, deliver) => {
        const first = await deliver();
        const more = await Promise.all([deliver(), deliver(), deliver(), deliver()]);
        expect([first, ...more].map((outcome) => outcome.kind)).toEqual(Array.from({ length: 5 }, () => "accepted"));
        expect(delivered()).toBe(5);
      }));

    it("says rejected and retryable when the far side may take it later", () =>
      run("reject_temporary", async ({ delivered }, deliver) => {
        const outcome = await deliver();
        expect([outcome.kind, outcome.kind === "rejected" && outcome.retryable]).toEqual(["rejected", true]);
        expect(delivered()).toBe(0);
      }));

    it("says rejected and not retryable when the far side will never take it", () =>
      run("reject_permanent", async ({ delivered }, deliver) => {
        const outcome = await deliver();
        expect([outcome.kind, outcome.kind === "rejected" && outcome.retryable]).toEqual(["rejected", false]);
        expect(delivered()).toBe(0);
      }));

    for (const behaviour of ["unreachable", "lost_before_body"] as const) {
      it(`says not_sent when the far side is ${behaviour.replaceAll("_", " ")}, without a body begun`, () =>
        run(behaviour, async ({ delivered }, deliver) => {
          let begun = 0;
          const outcome = await deliver({ onBodyStart: () => void (begun += 1) });
          expect([outcome.kind, begun, delivered()]).toEqual(["not_sent", 0, 0]);
        }));
    }

    it("says unknown when the far side is lost after the body began", () =>
      run("lost_after_body", async (_test, deliver) => {
        expect((await deliver()).kind).toBe("unknown");
      }));

    it("says not_sent when it was aborted beforehand", () =>
      run("accept", async ({ delivered }, deliver) => {
        const controller = harness.abortController();
        controller.abort();
        expect([(await deliver({ signal: controller.signal })).kind, delivered()]).toEqual(["not_sent", 0]);
      }));

    for (const [behaviour, kind] of [
      ["hang_before_body", "not_sent"],
      ["hang_after_body", "unknown"],
    ] as const) {
      it(`says ${kind} when it is aborted after a ${behaviour.replaceAll("_", " ")}`, () =>
        run(behaviour, async ({ delivered, hung }, deliver) => {
          const controller = harness.abortController();
          const pending = deliver({ signal: controller.signal });
          await hung();
          controller.abort();
          expect([(await pending).kind, delivered()]).toEqual([kind, 0]);
        }));
    }

    it("sends nothing when the start of the body may not be recorded", () =>
      run("accept", async ({ delivered }, deliver) => {
        const onBodyStart = (): Promise<void> => Promise.reject(new Error("the log is away"));
        expect([await deliver({ onBodyStart }), delivered()]).toEqual([
          { kind: "not_sent", code: "body_start_refused" },
          0,
        ]);
      }));
  });
}
