// The frame every provider needs: closed for new deliveries first, and closed for good when those under way have ended.
import type { DeliveryOutcome, Provider } from "./provider.js";

export interface FramedProvider<Message> extends Omit<Provider<Message>, "close"> {
  /** Of the outcome `not_sent` of a delivery that comes too late, for example `smtp_closed`. */
  readonly closedCode: string;
  /** Lets go of connections; nothing is under way then. */
  readonly release: () => void | Promise<void>;
}

/** The provider with an orderly end. Closing twice is harmless. */
export function framedProvider<Message>(provider: FramedProvider<Message>): Required<Provider<Message>> {
  const { name, effect, closedCode, release } = provider;
  const underWay = new Set<Promise<DeliveryOutcome>>();
  let closing: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await Promise.all(underWay);
    await release();
  };
  return {
    name,
    effect,
    deliver: async (message, options) => {
      if (closing !== undefined) return { kind: "not_sent", code: closedCode };
      const delivery = provider.deliver(message, options);
      underWay.add(delivery);
      try {
        return await delivery;
      } finally {
        underWay.delete(delivery);
      }
    },
    close: async () => await (closing ??= end()),
  };
}
