import { checkEmailContent, emailModule, parseMailbox, type ModuleInput } from "./index.js";

const input = (content: Readonly<Record<string, unknown>>, more: Partial<ModuleInput> = {}): ModuleInput => ({
  executionId: "0198f3a0-0000-7000-8000-000000000001",
  content,
  vendor: { name: "Lens & Light", replyTo: "hello@lens.example.test" },
  couple: { names: "Anna & Zoë", email: "anna@example.test" },
  wedding: { date: "2026-06-20", zone: "Europe/London" },
  from: { address: "no-reply@weddings.example.test" },
  ...more,
});
const least = { subject: "Hello", text: "Hello" };
const message = (given: ModuleInput) => {
  const rendered = emailModule.render(given);
  if (!rendered.ok) throw new Error(`Refused: ${rendered.refusal.code} ${rendered.refusal.path}`);
  return rendered.effect.message;
};
const refusal = (given: ModuleInput) => {
  const rendered = emailModule.render(given);
  return rendered.ok ? undefined : `${rendered.refusal.code} ${rendered.refusal.path}`;
};

describe("the e-mail module", () => {
  it("SCH-12: renders subject, text and markup for the couple, from the vendor", () => {
    const content = {
      subject: "{{ variables.days }} days to go, {{ couple.names }}",
      text: "{{ wedding.dateLong }} ({{ wedding.date }}), {{ vendor.name }}{% if variables.vip %}!{% endif %}",
      html: "<p title='{{ vendor.name }}'>{{ couple.names }}</p>",
      variables: { days: 30, vip: true },
    };
    expect(emailModule.render(input(content))).toEqual({
      ok: true,
      effect: {
        channel: "email",
        message: {
          messageId: "<0198f3a0-0000-7000-8000-000000000001@weddings.example.test>",
          from: { name: "Lens & Light", address: "no-reply@weddings.example.test" },
          to: { name: "Anna & Zoë", address: "anna@example.test" },
          replyTo: { name: "Lens & Light", address: "hello@lens.example.test" },
          subject: "30 days to go, Anna & Zoë",
          text: "Saturday 20 June 2026 (2026-06-20), Lens & Light!",
          html: "<p title='Lens &amp; Light'>Anna &amp; Zoë</p>",
        },
      },
    });
  });

  it("SCH-7: every attempt is the same mail with the same Message-ID", () => {
    expect(message(input(least))).toEqual(message(input(least)));
  });

  it("`to` takes the place of the couple's address, without the couple's name", () => {
    expect(message(input({ ...least, to: "mother@example.test" })).to).toEqual({ address: "mother@example.test" });
    expect(
      message(input({ ...least, to: "mother@example.test" }, { couple: { names: "A", email: "broken" } })).to.address,
    ).toBe("mother@example.test");
  });

  it("a sender's own name is kept, and no reply address means none", () => {
    const sent = message(
      input(least, { from: { name: "Weddings", address: "a@b.example.test" }, vendor: { name: "V" } }),
    );
    expect([sent.from.name, "replyTo" in sent]).toEqual(["Weddings", false]);
  });

  it("U28: markup in names and variables is text in a mail", () => {
    const evil = `<img src=x onerror="alert(1)">'`;
    const html =
      "{{ couple.names }}{{ variables.v }}{{ variables.v | upcase }}{{ variables.none | default: variables.v }}";
    const sent = message(
      input({ ...least, html, variables: { v: evil } }, { couple: { names: evil, email: "a@example.test" } }),
    );
    expect(sent.html).not.toMatch(/[<>"']/);
    expect(sent.html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;");
  });

  it("U28: a line end in anything that becomes a header is refused with its place", () => {
    const evil = "x\r\nBcc: thief@example.test";
    expect(refusal(input({ ...least, subject: "{{ variables.v }}", variables: { v: evil } }))).toBe(
      "header_invalid /content/subject",
    );
    expect(refusal(input(least, { couple: { names: evil, email: "a@example.test" } }))).toBe(
      "header_invalid /couple/names",
    );
    expect(refusal(input(least, { vendor: { name: evil } }))).toBe("header_invalid /vendor/name");
    expect(refusal(input(least, { executionId: evil }))).toBe("header_invalid /executionId");
    expect(refusal(input({ ...least, to: `a@example.test\r\n${evil}` }))).toBe("address_invalid /content/to");
    expect(refusal(input(least, { vendor: { name: "V", replyTo: evil } }))).toBe("address_invalid /vendor/replyTo");
  });

  it("what is missing or wrong is refused with its place, never guessed", () => {
    expect(refusal(input({ subject: "x" }))).toBe("content_invalid /content/text");
    expect(refusal(input({ ...least, text: "{{ variables.none }}" }))).toBe("variable_missing /content/text");
    expect(refusal(input({ ...least, text: "{{ couple.names" }))).toBe("template_invalid /content/text");
    expect(refusal(input(least, { wedding: { date: "2026-02-30", zone: "Europe/London" } }))).toBe(
      "content_invalid /wedding/date",
    );
    expect(refusal(input({ ...least, subject: "x".repeat(2_000) }))).toBe("header_invalid /content/subject");
  });

  it("SEC-2: a refusal repeats nothing of the template or its values", () => {
    const rendered = emailModule.render(
      input({ ...least, text: "{{ variables.AnnaCanary | canary }}", variables: { x: "canary" } }),
    );
    expect(JSON.stringify(rendered)).not.toMatch(/canary/i);
  });

  it("a template cannot reach the host, the prototype, or run for long", () => {
    const attempts = [
      "{% include 'x' %}",
      "{% render 'x' %}",
      "{% layout 'x' %}",
      "{% for i in (1..1000000) %}x{% endfor %}",
      "{% assign a = 1 %}",
      "{% capture a %}{% endcapture %}",
      "{{ 'now' | date: '%s' }}",
      "{{ variables | json }}",
      "{{ couple.constructor }}",
      "{{ couple.names.constructor }}",
      "{{ variables.x | raw }}",
      "{{ '/etc/passwd' | read }}",
    ];
    for (const text of attempts)
      expect([text, refusal(input({ ...least, text, variables: { x: "<b>" } }))]).not.toContain(undefined);
  });
});

describe("an e-mail's content before it is accepted", () => {
  it("REG-2: a good one has no refusals", () => {
    expect(checkEmailContent({ ...least, html: "<b>{{ variables.a }}</b>", variables: { a: 1 } })).toEqual([]);
  });

  it("REG-2: everything wrong is listed, with line and column", () => {
    const refusals = checkEmailContent({
      subject: "{{ cuople.names }}",
      text: "one\n{{ wedding.dat }}",
      html: "{% if %}",
    });
    expect(refusals.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "variable_missing /content/subject",
      "variable_missing /content/text",
      "template_invalid /content/html",
    ]);
    expect(refusals[1]?.message).toContain("Line 2");
  });

  it("REG-2: a variable without a value or a default is found before it is due", () => {
    expect(checkEmailContent({ ...least, text: "{{ variables.a }}" })).toMatchObject([
      { code: "variable_missing", path: "/content/text" },
    ]);
    expect(
      checkEmailContent({ ...least, text: "{{ variables.a | default: 'b' }}{% if variables.c %}c{% endif %}" }),
    ).toEqual([]);
  });
});

describe("mailboxes", () => {
  it.each([
    ["a@example.test", { address: "a@example.test" }],
    ["Anna B <a@example.test>", { name: "Anna B", address: "a@example.test" }],
    ['"Anna, B" <a@example.test>', { name: "Anna, B", address: "a@example.test" }],
    ["Anna", undefined],
    ["Anna <a@>", undefined],
    ["A\r\nBcc: x <a@example.test>", undefined],
  ])("%j", (text, expected) => {
    expect(parseMailbox(text)).toEqual(expected);
  });
});
