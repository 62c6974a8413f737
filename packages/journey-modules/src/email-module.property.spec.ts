import * as fc from "fast-check";
import { checkTemplate, emailModule, type ModuleInput } from "./index.js";

const nasty = fc.constantFrom(
  "\r\n",
  "\n",
  "<script>",
  "&",
  "{{ couple.names }}",
  "{% if %}",
  "\u2028",
  "'\"",
  "%0d%0a",
  "\u0000",
);
const text = fc.array(fc.oneof(fc.string(), nasty), { maxLength: 5 }).map((parts) => parts.join(""));
/** Mostly harmless, so that enough mails are rendered. */
const mostly = (harmless: string) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(harmless) }, { weight: 1, arbitrary: text });
const input: fc.Arbitrary<ModuleInput> = fc.record({
  executionId: mostly("execution-1"),
  content: fc.record({
    subject: fc.constantFrom("{{ couple.names }}", "{{ variables.v }}", "Hello"),
    text: fc.constant("{{ variables.v }}"),
    html: fc.constant("{{ couple.names }}{{ variables.v }}"),
    variables: fc.record({ v: text }),
  }),
  vendor: fc.record({ name: mostly("<b>Lens</b> & Light"), replyTo: mostly("v@example.test") }),
  couple: fc.record({ names: mostly("Anna & 'Zoë' <x>"), email: mostly("c@example.test") }),
  wedding: fc.record({ date: mostly("2026-06-20"), zone: fc.constant("Europe/London") }),
  from: fc.record({ address: fc.constant("from@example.test") }),
});

describe("the e-mail module with anything", () => {
  it("U28: never lets a line end into a header or markup out of a value, and never throws", () => {
    let rendered = 0;
    fc.assert(
      fc.property(input, (given) => {
        const result = emailModule.render(given);
        if (!result.ok) return;
        rendered += 1;
        const { messageId, subject, from, to, replyTo, html } = result.effect.message;
        for (const header of [messageId, subject, from.name, from.address, to.name, to.address, replyTo?.address])
          expect(header ?? "").not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(html ?? "").not.toMatch(/[<>"']/);
        expect(result).toEqual(emailModule.render(given));
      }),
      { numRuns: 1_000 },
    );
    expect(rendered).toBeGreaterThan(50);
  });

  it("a value is never read as a template", () => {
    fc.assert(
      fc.property(text, (v) => {
        const given = {
          executionId: "e",
          content: { subject: "s", text: "{{ variables.v }}", variables: { v } },
          vendor: { name: "V" },
          couple: { names: "N", email: "c@example.test" },
          wedding: { date: "2026-06-20", zone: "UTC" },
          from: { address: "f@example.test" },
        };
        const result = emailModule.render(given);
        expect(result.ok && result.effect.message.text).toBe(v);
      }),
    );
  });

  it("checkTemplate never throws", () => {
    fc.assert(fc.property(text, (template) => expect(typeof checkTemplate(template).ok).toBe("boolean")));
  });
});
