// Verdicts, rows and the written report.
import { compare } from "./compare.js";
import { markdownReport } from "./report/markdown.js";
import { textTable } from "./report/table.js";
import { isMet, toResult, type Measurement } from "./result.js";

const good = { ok: true, values: [100, 120, 110] } as const;
const half = { ok: true, values: [50, 60, 55] } as const;
const missing = { ok: false, reason: "redis-server is not on the PATH" } as const;

const row = (more: Partial<Parameters<typeof compare>[0]> = {}): Measurement =>
  compare({
    id: "P-1",
    variant: "embedded",
    unit: "executions/s",
    figures: good,
    baseline: { name: "BullMQ on Redis", figures: half },
    target: { kind: "ratio-at-least", limit: 1.5 },
    ...more,
  });

describe("a comparison", () => {
  it("P-1: gives medians, the ratio to the baseline of the same run, and the verdict", () => {
    expect(toResult(row())).toEqual({
      id: "P-1",
      variant: "embedded",
      value: 110,
      unit: "executions/s",
      baseline: { name: "BullMQ on Redis", value: 55 },
      ratio: 2,
      target: ">= 1.5x",
      ok: true,
      note: "3 rounds, 100 to 120",
    });
  });

  it("a baseline that could not be measured is said and never passes, not even when nothing is demanded", () => {
    const measured = row({ baseline: { name: "BullMQ on Redis", figures: missing }, target: { kind: "reported" } });
    expect(toResult(measured)).toMatchObject({
      baseline: { name: "BullMQ on Redis", value: null },
      ratio: null,
      ok: false,
      note: expect.stringContaining("redis-server is not on the PATH"),
    });
  });

  it("a figure that could not be measured is said and never passes", () => {
    expect(toResult(row({ figures: missing }))).toMatchObject({ value: null, ok: false });
    expect(toResult(row({ figures: undefined }))).toMatchObject({ value: null, ok: false });
  });

  it("holds figures to every kind of target", () => {
    const met = (target: Measurement["target"]) => isMet({ ...row(), target });
    expect([
      met({ kind: "ratio-at-least", limit: 2 }),
      met({ kind: "ratio-at-least", limit: 2.1 }),
      met({ kind: "ratio-at-most", limit: 2 }),
      met({ kind: "ratio-at-most", limit: 1.9 }),
      met({ kind: "value-below", limit: 111 }),
      met({ kind: "value-below", limit: 110 }),
      met({ kind: "value-at-least", limit: 110 }),
      met({ kind: "value-at-least", limit: 111 }),
      met({ kind: "reported" }),
    ]).toEqual([true, false, true, false, true, false, true, false, true]);
  });
});

describe("the report", () => {
  const machine = {
    cpu: "Some CPU",
    cores: 2,
    memoryGiB: 24,
    system: "Linux 6",
    node: "v24.9.0",
    postgres: "18.4",
    settings: { fsync: "on", synchronous_commit: "on" },
    redis: "none",
  };
  const cases = [
    { id: "P-1", title: "Executions a second", method: "How it is measured." },
    { id: "P-4", title: "Append", method: "Not run." },
  ];
  const text = markdownReport({
    command: "npx pnpm@12 bench --write",
    machine,
    cases,
    results: [toResult(row({ note: "bound by a | pipe" }))],
  });

  it("names the command, the machine and its settings", () => {
    expect(text).toContain("`npx pnpm@12 bench --write`");
    expect(text).toContain("Some CPU, 2 cores, 24 GiB");
    expect(text).toContain("fsync = on, synchronous_commit = on");
  });

  it("has a table for each id that was run, and what there is to say about its rows", () => {
    expect(text).toContain("## P-1: Executions a second");
    expect(text).toContain("| embedded | 110 executions/s | BullMQ on Redis: 55 | 2x | >= 1.5x | yes |");
    expect(text).toContain("- embedded, beside BullMQ on Redis: bound by a | pipe");
    expect(text).not.toContain("P-4");
  });

  it("holds no date: two runs with the same figures write the same text", () => {
    expect(text).not.toMatch(/\b20\d\d\b/);
  });

  it("pads the columns of the terminal's table and shows a missing figure as a dash", () => {
    const lines = textTable([toResult(row()), toResult(row({ figures: missing }))]).split("\n");
    expect(lines[0]).toMatch(/^id {3,}variant/);
    expect(lines[2]).toContain("- executions/s");
    expect(lines[1]?.indexOf("BullMQ")).toBe(lines[2]?.indexOf("BullMQ"));
  });
});
