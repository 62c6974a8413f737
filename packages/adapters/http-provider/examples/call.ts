// One call of a handler, as the README shows it.
import { createHttpProvider } from "@wedsync/adapter-http-provider";
import { httpModule } from "@wedsync/journey-modules";

export async function call(url: string, secret: string): Promise<string> {
  const provider = createHttpProvider({ secret, allowPrivate: true });
  const executionId = "5f0c7a52-6c7e-5b0a-8a1e-1c2d3e4f5a6b";
  const rendered = httpModule({ type: "gift-list", url, effect: "keyed" }).render({
    executionId,
    content: { list: "towels" },
    vendor: { name: "Lens & Light" },
    couple: { names: "Anna & Ben", email: "anna.ben@example.test" },
    wedding: { date: "2027-06-12", zone: "Europe/London" },
    from: { address: "weddings@example.test" },
  });
  if (!rendered.ok) return rendered.refusal.code;
  const signal = AbortSignal.timeout(10_000);
  const outcome = await provider.deliver(rendered.effect.message, { key: executionId, attempt: 1, signal });
  await provider.close?.();
  return outcome.kind === "accepted" ? "accepted" : `${outcome.kind}: ${outcome.code}`;
}
