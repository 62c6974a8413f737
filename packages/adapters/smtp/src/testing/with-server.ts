// A provider and its misbehaving server for the length of a test; every outcome is searched for personal data.
import { createSmtpProvider, type SmtpProviderOptions } from "../index.js";
import { mail, personal } from "./mail.js";
import { startScriptedServer, type Script, type ScriptedServer } from "./scripted-server.js";

export interface Run {
  readonly server: ScriptedServer;
  readonly deliver: (options?: {
    readonly signal?: AbortSignal;
    readonly onBodyStart?: () => Promise<void>;
  }) => Promise<unknown>;
  readonly begun: () => number;
}

export async function withServer(
  script: Script,
  body: (run: Run) => Promise<void>,
  options: Partial<SmtpProviderOptions> & { readonly auth?: string } = {},
): Promise<void> {
  const server = await startScriptedServer(script);
  const { auth = "", ...more } = options;
  const provider = createSmtpProvider({ url: `smtp://${auth}127.0.0.1:${server.port}`, ...more });
  let begun = 0;
  const deliver: Run["deliver"] = async (given = {}) => {
    const outcome = await provider.deliver(mail, {
      key: "k",
      signal: given.signal ?? new AbortController().signal,
      onBodyStart: async () => {
        begun += 1;
        await given.onBodyStart?.();
      },
    });
    const told = JSON.stringify(outcome);
    if (personal.some((text) => told.includes(text))) throw new Error("An outcome holds personal data.");
    return outcome;
  };
  try {
    await body({ server, deliver, begun: () => begun });
    await provider.close?.();
  } finally {
    await server.close();
  }
}
