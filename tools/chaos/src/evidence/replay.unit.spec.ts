// What is taken over from `replay verify`.
import { readVerified } from "./replay.js";

const check = (name: string, ...messages: readonly string[]) => ({
  name,
  ok: messages.length === 0,
  count: messages.length,
  findings: messages.map((message) => ({ message })),
});

describe("the verdict of the replay tool", () => {
  it("RPL-5: every check counts, not the decisions alone, and what is found is named by its check", () => {
    const checks = [check("log"), check("decisions"), check("executions_g1", "a row is missing")];
    expect(readVerified(JSON.stringify({ ok: false, differences: 0, checks }), "")).toStrictEqual({
      replayDiff: 0,
      replayChecks: [
        { name: "log", ok: true, count: 0 },
        { name: "decisions", ok: true, count: 0 },
        { name: "executions_g1", ok: false, count: 1 },
      ],
      replayFindings: ["executions_g1: a row is missing"],
    });
  });

  it("RPL-5: a verification that broke off is red", () => {
    const red = { replayDiff: null, replayChecks: [{ name: "verify", ok: false, count: 1 }] };
    const error = { code: "tables_unreadable", message: "It may not read the tables." };
    expect(readVerified(JSON.stringify({ error }), "")).toMatchObject({
      ...red,
      replayFindings: ["verify: it broke off: It may not read the tables."],
    });
    expect(readVerified("", "It crashed.\n    at main")).toMatchObject({
      ...red,
      replayFindings: ["verify: it broke off: It crashed."],
    });
  });
});
