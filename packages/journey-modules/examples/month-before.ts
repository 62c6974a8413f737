// One mail, from a template to a provider's answer: no server, no event log.
import { checkEmailContent, emailModule, type EmailMessage } from "@wedsync/journey-modules";
import { createNoopProvider } from "@wedsync/journey-modules/testing";

const content = {
  subject: "{{ variables.days }} days to go",
  text: "Dear {{ couple.names }}, see you on {{ wedding.dateLong }}!",
  variables: { days: 30 },
};

export async function run(): Promise<readonly string[]> {
  const problems = checkEmailContent({ ...content, text: "Dear {{ cuople.names }}" });
  const rendered = emailModule.render({
    executionId: "0198f3a0-0000-7000-8000-000000000001",
    content,
    vendor: { name: "Lens & Light", replyTo: "hello@lens.example.test" },
    couple: { names: "Anna & Zoë", email: "anna@example.test" },
    wedding: { date: "2026-06-20", zone: "Europe/London" },
    from: { address: "no-reply@weddings.example.test" },
  });
  if (!rendered.ok) return [rendered.refusal.message];
  const { message } = rendered.effect;
  const provider = createNoopProvider<EmailMessage>();
  const outcome = await provider.deliver(message, { key: "0198f3a0", signal: new AbortController().signal });
  return [
    `a typo: ${problems.map(({ code, path }) => `${code} at ${path}`).join()}`,
    `subject: ${message.subject}`,
    `text: ${message.text}`,
    `outcome: ${outcome.kind}`,
  ];
}
