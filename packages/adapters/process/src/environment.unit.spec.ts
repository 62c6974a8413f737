// OPS-4: what a process accepts as its environment, and what the reference page says of it.
import { z } from "zod";
import { withSection } from "./configuration-page.js";
import { duration, port, readVariables } from "./environment.js";
import { Readiness } from "./readiness.js";

const variables = {
  PORT: { schema: port.default(4600), meaning: "Port.", example: "4600" },
  TERM: { schema: duration.default(5_000), meaning: "Term | of a lease.", example: "5s" },
  SECRET: { schema: z.string().min(32), meaning: "Secret.", example: "(32 characters)" },
  EXTRA: { schema: z.string().optional(), meaning: "Extra.", example: "x" },
} as const;
const secret = "s".repeat(32);

describe("the environment", () => {
  it("OPS-4: gives typed values, with defaults for what is absent or empty", () => {
    expect(readVariables(variables, { PORT: "", TERM: "2m", SECRET: secret })).toStrictEqual({
      ok: true,
      environment: { PORT: 4600, TERM: 120_000, SECRET: secret, EXTRA: undefined },
    });
  });

  it("OPS-4: names every problem at once, with an example and without a value", () => {
    const read = readVariables(variables, { PORT: "99999", TERM: "soon-canary", SECRET: "canary" });
    if (read.ok) throw new Error("it was accepted");
    expect(read.problems.map((problem) => problem.name)).toStrictEqual(["PORT", "TERM", "SECRET"]);
    expect(read.problems[1]?.message).toBe(
      "TERM is not valid (a number with a unit ms, s, m or h); for example TERM=5s",
    );
    expect(JSON.stringify(read.problems)).not.toContain("canary");
    const missing = readVariables(variables, {});
    expect(missing.ok ? [] : missing.problems).toStrictEqual([
      { name: "SECRET", message: "SECRET is missing; for example SECRET=(32 characters)" },
    ]);
  });

  it("durations have a unit", () => {
    expect(["3ms", "3s", "3m", "3h"].map((text) => duration.parse(text))).toStrictEqual([
      3, 3_000, 180_000, 10_800_000,
    ]);
    expect(["3", "s", "-3s", "1.5s"].map((text) => duration.safeParse(text).success)).toStrictEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("the configuration page", () => {
  const section = (title: string, meaning: string) => ({
    title,
    source: "app/environment.ts",
    variables: { ...variables, EXTRA: { ...variables.EXTRA, meaning } },
  });

  it("an app's section is replaced and the others stay, in whatever order they are written", () => {
    const one = withSection("", section("The one", "first"));
    const both = withSection(one, section("The other", "second"));
    expect(withSection(withSection("", section("The other", "second")), section("The one", "first"))).toBe(both);
    expect(withSection(both, section("The one", "first"))).toBe(both);
    const changed = withSection(both, section("The one", "changed"));
    expect(changed).toBe(both.replace("first", "changed"));
    expect(both).toContain("| `TERM` | Term \\| of a lease. | `5000ms` | `5s` |");
    expect(both).toContain("| `SECRET` | Secret. | required |");
    expect(both).toContain("| `EXTRA` | first | (not set) |");
  });
});

describe("readiness", () => {
  it("is ok when every check is", () => {
    const readiness = new Readiness();
    readiness.set("log", "ok");
    readiness.set("models", "waiting: first catch-up");
    expect(readiness.report()).toStrictEqual({ ok: false, checks: { log: "ok", models: "waiting: first catch-up" } });
    readiness.set("models", "ok");
    expect(readiness.report().ok).toBe(true);
  });
});
