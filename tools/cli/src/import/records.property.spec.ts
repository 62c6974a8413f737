import * as fc from "fast-check";
import { readLines } from "./lines.js";
import { isBadLine, readRecords, type BadLine, type CsvRecord } from "./records.js";

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = async (text: string, chunk = 65_536): Promise<(CsvRecord | BadLine)[]> => {
  const all: (CsvRecord | BadLine)[] = [];
  const lines = readLines(chunksOf(new TextEncoder().encode(text), chunk));
  for await (const entry of readRecords(lines, { delimiter: "," })) all.push(entry);
  return all;
};

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const cell = fc.string({ unit: fc.constantFrom("a", "é", "😀", '"', ",", "\n", " ", "1"), maxLength: 8 });
const row = fc.tuple(cell, cell, cell);

describe("CSV records", () => {
  it("reads back what was written with quotes, whatever the pieces the bytes arrive in, lines counted from 1", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), async (rows, chunk) => {
        const text = [["a", "b", "c"], ...rows].map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
        const records = await read(text, chunk);
        expect(records.map((record) => (isBadLine(record) ? record.code : record.values))).toEqual([
          ["a", "b", "c"],
          ...rows,
        ]);
        let line = 1;
        for (const [index, cells] of [["a", "b", "c"], ...rows].entries()) {
          expect(records[index]?.line).toBe(line);
          line += cells.join("").split("\n").length;
        }
      }),
      { numRuns: 200 },
    );
  });

  it("keeps every good line and names every bad one, whatever stands between them", async () => {
    const good = fc.constant({ text: "1,2,3", good: true });
    const spoilt = fc
      .constantFrom("1,2", "1,2,3,4", '1,2,"3', '"1,2,3', '1,"2"x,3', "1,2,3".padEnd(70_000, "x"))
      .map((text) => ({ text, good: false }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(good, spoilt), { maxLength: 30 }), async (lines) => {
        const records = await read(["a,b,c", ...lines.map(({ text }) => text)].join("\r\n"));
        const kept = records.filter((record) => !isBadLine(record)).map(({ line }) => line);
        const wanted = lines.flatMap((line, at) => (line.good ? [at + 2] : []));
        expect(kept).toEqual([1, ...wanted]);
        expect(records.filter(isBadLine)).toHaveLength(lines.length - wanted.length);
      }),
      { numRuns: 200 },
    );
  });
});
