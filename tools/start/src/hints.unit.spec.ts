// What `start` prints to be pasted: it has to work from another folder, too.
import { resolve } from "node:path";
import { heldHints, quoted, resetHint } from "./hints.js";

const usual = resolve(".wedsync");

describe("a hint to paste", () => {
  it("OPS-1: after an outage, releases the scopes that are held and no other", () => {
    const held = { executions: 12, single: 0, scopes: ["tier:low", "tier:normal"] };
    expect(heldHints(held, usual)).toStrictEqual([
      "Held: tier:low, tier:normal; 12 executions wait.",
      "  let it run:  npx pnpm@12 wedsync release tier:low tier:normal",
    ]);
    expect(heldHints(held, "/data/w")[1]).toBe(
      "  let it run:  npx pnpm@12 wedsync release tier:low tier:normal --data-dir '/data/w'",
    );
  });

  it("OPS-1: tells of late work that is held one by one, which no scope releases", () => {
    const lines = heldHints({ executions: 3, single: 3, scopes: [] }, usual);
    expect(lines.join("\n")).toContain("wedsync executions --status held");
    expect(lines.join("\n")).not.toContain("release platform");
  });

  it("says that nothing is held", () => {
    expect(heldHints({ executions: 0, single: 0, scopes: [] }, usual)).toStrictEqual(["Nothing is held."]);
  });

  it("OPS-1: starts over with what this start was given", () => {
    expect(resetHint({ port: 4600, empty: false }, usual)).toBe("npx pnpm@12 start --reset");
    expect(resetHint({ port: 5000, empty: true }, "/data/it's")).toBe(
      String.raw`npx pnpm@12 start --reset --data-dir '/data/it'\''s' --port 5000 --empty`,
    );
  });

  it("is one word of a shell whatever the folder is called", () => {
    expect(quoted("/a b/$HOME/it's")).toBe(String.raw`'/a b/$HOME/it'\''s'`);
  });
});
