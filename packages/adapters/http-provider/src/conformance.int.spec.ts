import { providerConformance, type ProviderBehaviour } from "@wedsync/journey-modules/testing";
import { createHttpProvider } from "./index.js";
import { startDeafSide, startFarSide, type FarSide } from "./testing/far-side.js";
import { messageTo, personal, secret } from "./testing/message.js";

const sides: Readonly<Record<ProviderBehaviour, () => Promise<FarSide>>> = {
  accept: async () => await startFarSide({ status: 200 }),
  reject_temporary: async () => await startFarSide({ status: 503, body: "canary@example.test" }),
  reject_permanent: async () => await startFarSide({ status: 422, body: "canary@example.test" }),
  unreachable: async () => await startFarSide({ status: 200 }),
  // Before the body of an HTTPS call lies its handshake.
  lost_before_body: async () => await startDeafSide("drop"),
  hang_before_body: async () => await startDeafSide("hang"),
  lost_after_body: async () => await startFarSide("drop"),
  hang_after_body: async () => await startFarSide("hang"),
};

providerConformance(
  { describe, it, expect },
  {
    name: "http",
    abortController: () => new AbortController(),
    start: async (behaviour) => {
      const side = await sides[behaviour]();
      if (behaviour === "unreachable") await side.close();
      const provider = createHttpProvider({ secret, allowPrivate: true, connections: 2 });
      return {
        provider,
        message: messageTo(side.url),
        personal,
        hung: () => side.hung,
        delivered: () => side.accepted(),
        stop: async () => {
          await provider.close?.();
          if (behaviour !== "unreachable") await side.close();
        },
      };
    },
  },
);
