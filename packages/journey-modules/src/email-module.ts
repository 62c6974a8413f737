// The e-mail module: a couple gets a mail that looks as if the vendor had written it. Rendering is a pure function of the
// execution, so that every attempt is the same mail under the same Message-ID and a receiver can tell a repetition.
import { z } from "zod";
import { checkTemplate } from "./check-template.js";
import type { JourneyModule, Mailbox, ModuleInput, Rendered, RenderRefusal } from "./journey-module.js";
import { domainOf, isEmailAddress, isHeaderText } from "./mailbox.js";
import { renderTemplate, type RenderedText, type TemplateScope } from "./render-template.js";
import { weddingWords } from "./wedding-day.js";

export interface EmailMessage {
  /** With angle brackets: `<execution@domain>`. */
  readonly messageId: string;
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly replyTo?: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

const content = z.object({
  to: z.string().exactOptional(),
  subject: z.string().min(1),
  text: z.string().min(1),
  html: z.string().min(1).exactOptional(),
  variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
});
type Content = z.infer<typeof content>;

/** Longest header line that RFC 5322 allows, without the name of the header. */
const maxSubject = 900;

export const emailModule: JourneyModule<EmailMessage> = {
  type: "email",
  render: (input) => {
    const parsed = parseContent(input.content);
    if (!parsed.ok) return parsed;
    const refusal = checkAddresses(input, parsed.content);
    if (refusal !== undefined) return { ok: false, refusal };
    const wedding = weddingWords(input.wedding.date);
    if (wedding === undefined)
      return refused("content_invalid", "/wedding/date", "The wedding's date is not a day; give YYYY-MM-DD.");
    const { couple, vendor } = input;
    const scope: TemplateScope = {
      couple: { names: couple.names, email: couple.email },
      vendor: { name: vendor.name },
      wedding: { ...wedding },
      variables: parsed.content.variables ?? {},
    };
    return compose(input, parsed.content, scope);
  },
};

/**
 * What can be said about a mail before anything is known of the couple: content, templates, and variables without a value.
 * Empty when it can be accepted.
 */
export function checkEmailContent(given: Readonly<Record<string, unknown>>): readonly RenderRefusal[] {
  const parsed = parseContent(given);
  if (!parsed.ok) return [parsed.refusal];
  const refusals: RenderRefusal[] = [];
  for (const part of ["subject", "text", "html"] as const) {
    const template = parsed.content[part];
    const checked = template === undefined ? undefined : checkTemplate(template);
    if (checked === undefined || checked.ok) continue;
    for (const { line, column, message, rule } of checked.issues) {
      const where = line === undefined ? "" : ` Line ${line}, column ${column}.`;
      const code = rule === "variable_unknown" ? "variable_missing" : "template_invalid";
      refusals.push({ code, path: `/content/${part}`, message: `${message}${where}` });
    }
  }
  if (refusals.length > 0) return refusals;
  const rendered = emailModule.render({ ...placeholder, content: given });
  return rendered.ok ? [] : [rendered.refusal];
}

/** Someone who exists only to try a template on. */
const placeholder: Omit<ModuleInput, "content"> = {
  executionId: "00000000-0000-0000-0000-000000000000",
  vendor: { name: "Vendor", replyTo: "vendor@example.test" },
  couple: { names: "Alex & Sam", email: "couple@example.test" },
  wedding: { date: "2026-06-20", zone: "Europe/London" },
  from: { address: "weddings@example.test" },
};

function compose(input: ModuleInput, { to, ...templates }: Content, scope: TemplateScope): Rendered<EmailMessage> {
  const subject = renderSubject(templates.subject, scope);
  if (!subject.ok) return subject;
  const text = renderTemplate("text", templates.text, scope, "/content/text");
  if (!text.ok) return text;
  const html =
    templates.html === undefined ? undefined : renderTemplate("html", templates.html, scope, "/content/html");
  if (html?.ok === false) return html;
  const { couple, vendor, from } = input;
  const message: EmailMessage = {
    messageId: `<${input.executionId}@${domainOf(from.address)}>`,
    from: { name: from.name ?? vendor.name, address: from.address },
    to: to === undefined ? { name: couple.names, address: couple.email } : { address: to },
    ...(vendor.replyTo === undefined ? {} : { replyTo: { name: vendor.name, address: vendor.replyTo } }),
    subject: subject.text,
    text: text.text,
    ...(html === undefined ? {} : { html: html.text }),
  };
  return { ok: true, effect: { channel: "email", message } };
}

function renderSubject(template: string, scope: TemplateScope): RenderedText {
  const subject = renderTemplate("text", template, scope, "/content/subject");
  if (!subject.ok || (isHeaderText(subject.text) && subject.text.length <= maxSubject)) return subject;
  return refused(
    "header_invalid",
    "/content/subject",
    `A subject is one line of at most ${maxSubject} characters; take the line ends out.`,
  );
}

function parseContent(
  given: unknown,
): { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly refusal: RenderRefusal } {
  const parsed = content.safeParse(given);
  if (parsed.success) return { ok: true, content: parsed.data };
  const known = new Set(["to", "subject", "text", "html", "variables"]);
  const first = String(parsed.error.issues[0]?.path[0] ?? "");
  const path = known.has(first) ? `/content/${first}` : "/content";
  return refused("content_invalid", path, "Missing or of the wrong type; a mail needs a subject and a text.");
}

function checkAddresses(input: ModuleInput, { to }: Content): RenderRefusal | undefined {
  const { couple, vendor, from, executionId } = input;
  const addresses: readonly (readonly [string, string])[] = [
    ["/from/address", from.address],
    to === undefined ? ["/couple/email", couple.email] : ["/content/to", to],
    ...(vendor.replyTo === undefined ? [] : [["/vendor/replyTo", vendor.replyTo] as const]),
  ];
  for (const [path, address] of addresses) {
    if (!isEmailAddress(address))
      return { code: "address_invalid", path, message: "Not an e-mail address; correct it." };
  }
  const texts = [
    ["/vendor/name", vendor.name],
    ["/couple/names", couple.names],
    ["/from/name", from.name ?? ""],
  ] as const;
  for (const [path, text] of texts) {
    if (!isHeaderText(text))
      return { code: "header_invalid", path, message: "A name is one line of text; take the line ends out." };
  }
  if (/^[A-Za-z0-9._-]{1,128}$/.test(executionId)) return undefined;
  return { code: "header_invalid", path: "/executionId", message: "An execution id is 1 to 128 of A-Z a-z 0-9 . _ -." };
}

const refused = (
  code: RenderRefusal["code"],
  path: string,
  message: string,
): { readonly ok: false; readonly refusal: RenderRefusal } => ({
  ok: false,
  refusal: { code, path, message },
});
