// What happens at the edges of templates: results that grow, errors without a place, dates that are none.
import { positionOf } from "./check-template.js";
import { checkEmailContent, emailModule, parseMailbox, type ModuleInput } from "./index.js";
import { renderTemplate } from "./render-template.js";
import { escapeMarkup, maxRenderedLength } from "./template-engine.js";
import { weddingWords } from "./wedding-day.js";

const scope = {
  couple: { names: "Anna & Zoë", email: "anna@example.test" },
  vendor: { name: "Lens & Light" },
  wedding: { date: "2026-06-20", dateLong: "Saturday 20 June 2026", weekday: "Saturday", year: "2026" },
  variables: {},
};
const input = (content: Readonly<Record<string, unknown>>, more: Partial<ModuleInput> = {}): ModuleInput => ({
  executionId: "0198f3a0-0000-7000-8000-000000000001",
  content: { subject: "Hello", text: "Hello", ...content },
  vendor: { name: "Lens & Light" },
  couple: { names: "Anna & Zoë", email: "anna@example.test" },
  wedding: { date: "2026-06-20", zone: "Europe/London" },
  from: { address: "no-reply@weddings.example.test" },
  ...more,
});
const refusal = (given: ModuleInput) => {
  const rendered = emailModule.render(given);
  return rendered.ok ? undefined : `${rendered.refusal.code} ${rendered.refusal.path}`;
};

describe("templates", () => {
  it("a short template cannot make an endless mail: what grows too long is refused with its place", () => {
    const long = "x".repeat(maxRenderedLength / 2);
    const template = "{{ variables.v }}{{ variables.v }}";
    const render = (v: string) => renderTemplate("text", template, { ...scope, variables: { v } }, "/content/text");
    expect(render(long).ok).toBe(true);
    expect(render(`${long}x`)).toMatchObject({
      ok: false,
      refusal: { code: "template_invalid", path: "/content/text" },
    });
  });

  it("a mistake is said with its place when the parser knows one, and without it otherwise", () => {
    expect(renderTemplate("text", "a\n{% if %}", scope, "/content/text")).toMatchObject({
      refusal: { code: "template_invalid", message: expect.stringContaining("line 2") as string },
    });
    const at = (getPosition: unknown) => positionOf({ token: { getPosition } });
    expect(at(() => [3, 4])).toEqual({ line: 3, column: 4 });
    for (const odd of [undefined, null, "text", {}, { token: null }, { token: "t" }, { token: {} }])
      expect(positionOf(odd)).toEqual({});
    expect([at("here"), at(() => "3:4"), at(() => ["3", 4]), at(() => [3])]).toEqual([{}, {}, {}, {}]);
  });

  it("U28: a value that is not there is nothing in markup, and every special character is escaped", () => {
    expect([escapeMarkup(undefined), escapeMarkup(null), escapeMarkup(7)]).toEqual(["", "", "7"]);
    expect(escapeMarkup(`&<>"'a`)).toBe("&amp;&lt;&gt;&quot;&#39;a");
  });
});

describe("a mail that cannot be written", () => {
  it("names the part that is missing, unknown parts as the whole", () => {
    expect(refusal(input({ subject: "" }))).toBe("content_invalid /content/subject");
    expect(refusal(input({ variables: { a: [] } }))).toBe("content_invalid /content/variables");
    expect(checkEmailContent("text" as never)).toMatchObject([{ code: "content_invalid", path: "/content" }]);
  });

  it("names the day that is none, the address and the part that cannot be rendered", () => {
    expect(refusal(input({}, { wedding: { date: "2026-02-30", zone: "Europe/London" } }))).toBe(
      "content_invalid /wedding/date",
    );
    expect(refusal(input({ html: "{{ variables.none }}" }))).toBe("variable_missing /content/html");
    expect(refusal(input({}, { from: { address: "nowhere" } }))).toBe("address_invalid /from/address");
    expect(refusal(input({}, { vendor: { name: "V", replyTo: "nowhere" } }))).toBe("address_invalid /vendor/replyTo");
    expect(refusal(input({}, { executionId: "a b" }))).toBe("header_invalid /executionId");
  });

  it("a date is a day of the calendar", () => {
    expect(weddingWords("2028-02-29")).toEqual({
      date: "2028-02-29",
      dateLong: "Tuesday 29 February 2028",
      weekday: "Tuesday",
      year: "2028",
    });
    expect([weddingWords("2027-02-29"), weddingWords("tomorrow"), weddingWords("")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("a sender is a mailbox with or without a name", () => {
    expect(parseMailbox("<a@example.test>")).toEqual({ address: "a@example.test" });
    expect(parseMailbox('"Lens & Light" <a@example.test>')).toEqual({
      name: "Lens & Light",
      address: "a@example.test",
    });
    expect([parseMailbox("Lens <nowhere>"), parseMailbox("L\u2028x <a@example.test>")]).toEqual([undefined, undefined]);
  });
});
