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
const input: fc.Arbitrary<ModuleInput> = fc.record({
  executionId: fc.oneof(fc.uuid(), text),
  content: fc.record({
    subject: fc.constantFrom("{{ couple.names }}", "{{ variables.v }}"),
    text: fc.constant("{{ variables.v }}"),
    html: fc.constant("{{ couple.names }}{{ variables.v }}"),
    variables: fc.record({ v: text }),
  }),
  vendor: fc.record({ name: text, replyTo: fc.oneof(fc.constant("v@example.test"), text) }),
  couple: fc.record({ names: text, email: fc.oneof(fc.constant("c@example.test"), text) }),
  wedding: fc.record({ date: fc.oneof(fc.constant("2026-06-20"), text), zone: fc.constant("Europe/London") }),
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
    expect(rendered).toBeGreaterThan(20);
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
