// A module and a provider that do nothing, exactly: for benchmarks, and for tests of what happens around an effect. The
// provider can be told how to behave, the ways a real one can.
import type { JourneyModule } from "./journey-module.js";
import type { DeliverOptions, DeliveryOutcome, EffectClass, Provider } from "./provider.js";

export interface NoopMessage {
  readonly executionId: string;
}

export const noopModule: JourneyModule<NoopMessage> = {
  type: "noop",
  render: ({ executionId }) => ({ ok: true, effect: { channel: "noop", message: { executionId } } }),
};

export const providerBehaviours = [
  "accept",
  "reject_temporary",
  "reject_permanent",
  "unreachable",
  "lost_before_body",
  "lost_after_body",
  "hang_before_body",
  "hang_after_body",
] as const;
export type ProviderBehaviour = (typeof providerBehaviours)[number];

export interface NoopProviderOptions<Message> {
  readonly name?: string;
  readonly effect?: EffectClass;
  /** Asked once for each delivery; always `accept` when absent. */
  readonly behaviour?: (message: Message, key: string) => ProviderBehaviour;
}

export interface NoopProvider<Message> extends Provider<Message> {
  /** How many deliveries were accepted. */
  readonly accepted: number;
}

export function createNoopProvider<Message = NoopMessage>(
  options: NoopProviderOptions<Message> = {},
): NoopProvider<Message> {
  let accepted = 0;
  const { behaviour = () => "accept" as const } = options;

  const afterBody = async (kind: ProviderBehaviour, signal: AbortSignal): Promise<DeliveryOutcome> => {
    if (kind === "lost_after_body") return { kind: "unknown", code: "connection_lost" };
    if (kind === "hang_after_body") {
      await aborted(signal);
      return { kind: "unknown", code: "aborted" };
    }
    accepted += 1;
    return { kind: "accepted", receipt: "noop" };
  };

  return {
    name: options.name ?? "noop",
    effect: options.effect ?? "plain",
    get accepted() {
      return accepted;
    },
    deliver: async (message: Message, { key, signal, onBodyStart }: DeliverOptions): Promise<DeliveryOutcome> => {
      if (signal.aborted) return { kind: "not_sent", code: "aborted" };
      const kind = behaviour(message, key);
      if (kind === "reject_temporary") return { kind: "rejected", code: "busy", retryable: true };
      if (kind === "reject_permanent") return { kind: "rejected", code: "refused", retryable: false };
      if (kind === "unreachable") return { kind: "not_sent", code: "connection_refused" };
      if (kind === "lost_before_body") return { kind: "not_sent", code: "connection_lost" };
      if (kind === "hang_before_body") {
        await aborted(signal);
        return { kind: "not_sent", code: "aborted" };
      }
      try {
        await onBodyStart?.();
      } catch {
        return { kind: "not_sent", code: "body_start_refused" };
      }
      return afterBody(kind, signal);
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
