import { providerConformance, type ProviderBehaviour } from "@wedsync/journey-modules/testing";
import { startScriptedServer, type Script } from "./testing/scripted-server.js";
import { mail, personal } from "./testing/mail.js";
import { createSmtpProvider } from "./index.js";

const scripts: Readonly<Record<ProviderBehaviour, Script>> = {
  accept: {},
  reject_temporary: { step: "rcpt", action: "450 canary@example.test is busy" },
  reject_permanent: { step: "rcpt", action: "550 canary@example.test is unknown" },
  unreachable: {},
  lost_before_body: { step: "data", action: "drop" },
  lost_after_body: { step: "after_body", action: "drop" },
  hang_before_body: { step: "rcpt", action: "hang" },
  hang_after_body: { step: "after_body", action: "hang" },
};

providerConformance(
  { describe, it, expect },
  {
    name: "smtp",
    abortController: () => new AbortController(),
    start: async (behaviour) => {
      const server = await startScriptedServer(scripts[behaviour]);
      if (behaviour === "unreachable") await server.close();
      const provider = createSmtpProvider({ url: `smtp://127.0.0.1:${server.port}`, pool: { maxConnections: 2 } });
      return {
        provider,
        message: mail,
        personal,
        hung: () => server.hung,
        delivered: () => server.messages.length,
        stop: async () => {
          await provider.close?.();
          if (behaviour !== "unreachable") await server.close();
        },
      };
    },
  },
);
