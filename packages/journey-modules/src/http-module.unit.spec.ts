import { httpModule, type ModuleInput } from "./index.js";

const input: ModuleInput = {
  executionId: "00000000-0000-4000-8000-000000000001",
  content: { list: "towels" },
  vendor: { name: "Canary Vendor", replyTo: "vendor@example.test" },
  couple: { names: "Canary & Canary", email: "canary@example.test" },
  wedding: { date: "2027-06-12", zone: "Europe/London" },
  from: { address: "weddings@example.test" },
};
const module = httpModule({ type: "gift-list", url: "https://gifts.example.com/run", effect: "keyed" });

describe("the module of a type that is called over HTTP", () => {
  it("SCH-14: sends the content with the execution's id and the wedding's day", () => {
    const rendered = module.render(input);
    expect(rendered).toMatchObject({
      ok: true,
      effect: {
        channel: "http",
        message: { url: "https://gifts.example.com/run", executionId: input.executionId, effect: "keyed" },
      },
    });
    const body: unknown = rendered.ok ? JSON.parse(rendered.effect.message.body) : undefined;
    expect(body).toStrictEqual({
      type: "gift-list",
      data: {
        executionId: input.executionId,
        wedding: { date: "2027-06-12", zone: "Europe/London" },
        content: { list: "towels" },
      },
    });
  });

  it("SCH-6: is the same message for every attempt", () => {
    expect(module.render(input)).toStrictEqual(module.render(structuredClone(input)));
  });

  it("SEC-3: tells the far side nothing of the couple or the vendor that the content does not hold", () => {
    const text = JSON.stringify(module.render(input));
    expect(text).not.toContain("anary");
    expect(text).not.toContain("vendor@example.test");
  });
});
