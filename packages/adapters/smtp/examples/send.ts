// One mail to the server at an address like smtp://localhost:1025.
import { createSmtpProvider } from "@wedsync/adapter-smtp";

export async function send(url: string): Promise<string> {
  const provider = createSmtpProvider({ url, pool: { maxConnections: 2 } });
  const outcome = await provider.deliver(
    {
      messageId: "<0198f3a0@weddings.example.test>",
      from: { name: "Lens & Light", address: "no-reply@weddings.example.test" },
      to: { address: "anna@example.test" },
      subject: "30 days to go",
      text: "See you soon!",
    },
    { key: "0198f3a0", signal: AbortSignal.timeout(30_000) },
  );
  await provider.close?.();
  return outcome.kind === "accepted" ? "accepted" : `${outcome.kind}: ${outcome.code}`;
}
