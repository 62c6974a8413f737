import {
  builtinDefinitions,
  compareDefinitions,
  validateDefinition,
  validatePayload,
  validateRequest,
} from "./index.js";

const definition = (type: string) => {
  const found = builtinDefinitions.find((candidate) => candidate.type === type);
  if (found === undefined) throw new Error(`No built-in ${type}.`);
  return found;
};

/** The least that a request for each type carries, as the interface page says. */
const least: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  email: { subject: "30 days to go", text: "Hello" },
  sms: { text: "Hello" },
  form: { schema: { type: "object" }, title: "Your music" },
  meeting: { title: "Tasting", slots: ["2027-06-12T10:00:00+02:00"], durationMinutes: 45 },
  info: { title: "The day", markdown: "# Order of the day" },
  review: { platform: "Example Reviews", url: "https://reviews.example.test/anna" },
  referral: { offer: "10 % for friends" },
};

describe("the built-in modules", () => {
  it("REG-1: there are seven", () => {
    expect(builtinDefinitions.map(({ type }) => type)).toEqual(Object.keys(least));
  });

  for (const { type } of builtinDefinitions) {
    it(`REG-1: ${type} is a definition that could be registered by anybody`, () => {
      expect(validateDefinition(definition(type))).toEqual({ ok: true, definition: definition(type) });
    });

    it(`REG-2: ${type} takes its least payload and misses each part of it`, () => {
      const payload = least[type] ?? {};
      expect(validatePayload(definition(type), payload)).toEqual({ ok: true });
      for (const name of Object.keys(payload)) {
        const { [name]: _left, ...rest } = payload;
        expect(validatePayload(definition(type), rest)).toEqual({
          ok: false,
          issues: [{ path: `/${name}`, rule: "required", valueType: "missing" }],
        });
      }
    });

    it(`REG-2: ${type} refuses what it does not know`, () => {
      expect(validatePayload(definition(type), { ...least[type], extra: 1 })).toMatchObject({ ok: false });
      expect(validateRequest(definition(type), { config: { extra: 1 }, payload: least[type] })).toMatchObject({
        ok: false,
      });
    });

    it(`REG-3: ${type} is compatible with itself`, () => {
      expect(compareDefinitions(definition(type), structuredClone(definition(type)))).toEqual([]);
    });
  }

  it("SCH-13: an e-mail may be four hours late and never a day", () => {
    const hour = 3_600_000;
    expect(definition("email").lateness).toEqual({
      deadlineAfterMs: 4 * hour,
      expiresAfterMs: 24 * hour,
      onLate: "run",
      repeatAfterMove: false,
    });
  });

  it("SCH-7: what goes by SMTP or SMS is never sent twice by itself", () => {
    expect(definition("email").effect).toBe("at-most-once");
    expect(definition("sms").effect).toBe("at-most-once");
  });

  it("B22: only marketing is marketing, and it has quiet hours", () => {
    const marketing = builtinDefinitions.filter(({ messageClass }) => messageClass === "marketing");
    expect(marketing.map(({ type }) => type)).toEqual(["review", "referral"]);
    for (const { quietHours } of marketing) expect(quietHours).not.toBeNull();
  });

  it.each(["Anna\r\nBcc: x@example.test", "Anna\nx", "a\u0085b", "a\u2028b", "\u0000"])(
    "U28: a line end or control in a subject is refused (%j)",
    (subject) => {
      expect(validatePayload(definition("email"), { subject, text: "x" })).toMatchObject({ ok: false });
    },
  );

  it.each([
    "anna",
    "anna@",
    "@example.test",
    "anna@exa mple.test",
    "anna@example.test\r\nRCPT TO:<x@example.test>",
    "a@b@c",
  ])("REG-2: %j is no address", (to) => {
    expect(validatePayload(definition("email"), { ...least["email"], to })).toMatchObject({
      ok: false,
      issues: expect.arrayContaining([expect.objectContaining({ path: "/to", valueType: "string" })]),
    });
  });

  it("REG-2: numbers of telephones and addresses of pages are checked", () => {
    expect(validatePayload(definition("sms"), { to: "+447700900123", text: "x" })).toEqual({ ok: true });
    expect(validatePayload(definition("sms"), { to: "0044 7700", text: "x" })).toMatchObject({ ok: false });
    expect(validatePayload(definition("review"), { platform: "P", url: "javascript:alert(1)" })).toMatchObject({
      ok: false,
    });
    expect(validatePayload(definition("review"), { platform: "P", url: "https://x.test/a b" })).toMatchObject({
      ok: false,
    });
  });
});
