import { maxLineBytes, readLines, type Line } from "./lines.js";
import { isBadLine, readRecords } from "./records.js";

async function* bytesOf(...pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
}

const linesOf = async (...pieces: readonly (string | Uint8Array)[]): Promise<Line[]> => {
  const lines: Line[] = [];
  for await (const line of readLines(bytesOf(...pieces))) lines.push(line);
  return lines;
};

const recordsOf = async (text: string, delimiter = ",") => {
  const entries: unknown[] = [];
  for await (const entry of readRecords(readLines(bytesOf(text)), { delimiter })) {
    entries.push(isBadLine(entry) ? [entry.line, entry.code] : [entry.line, ...entry.values]);
  }
  return entries;
};

describe("lines and records of a bookings file", () => {
  it("splits at LF and CRLF, drops a byte-order mark, and takes a last line without an end", async () => {
    const lines = await linesOf("\uFEFFa\r\nb\n", "c");
    expect(lines.map(({ number, text, bytes }) => [number, text, bytes])).toEqual([
      [1, "a", 6],
      [2, "b", 8],
      [3, "c", 9],
    ]);
  });

  it("names a line that is not UTF-8, and one without an end, instead of reading the file into memory", async () => {
    const endless = Array.from({ length: 40 }, () => "x".repeat(maxLineBytes / 8));
    const lines = await linesOf("a\n", Uint8Array.of(0xe9, 0x0a), "b\n", ...endless, "\nc\n");
    expect(lines.map(({ number, text, problem }) => [number, text, problem])).toEqual([
      [1, "a", undefined],
      [2, "", "line_not_utf8"],
      [3, "b", undefined],
      [4, "", "line_too_long"],
      [5, "c", undefined],
    ]);
  });

  it("lets a quoted field span lines", async () => {
    expect(await recordsOf('a,b\n1,"x\ny"\n2,z\n')).toEqual([
      [1, "a", "b"],
      [2, "1", "x\ny"],
      [4, "2", "z"],
    ]);
  });

  it("lets a quote that is never closed cost its own line only", async () => {
    expect(await recordsOf('a,b\n1,"x\n2,y\n3,z\n')).toEqual([
      [1, "a", "b"],
      [2, "quote_unclosed"],
      [3, "2", "y"],
      [4, "3", "z"],
    ]);
    expect(await recordsOf('a,b\n1,"x\n2,y\n3,"z\n4,w\n')).toEqual([
      [1, "a", "b"],
      [2, "quote_unclosed"],
      [3, "2", "y"],
      [4, "quote_unclosed"],
      [5, "4", "w"],
    ]);
  });

  it("takes joined lines for one record only when they have the header's columns", async () => {
    expect(await recordsOf('a,b\n1,"x\n2,y\nz",w,v\n3,u\n')).toEqual([
      [1, "a", "b"],
      [2, "quote_unclosed"],
      [3, "2", "y"],
      [4, "quote_unclosed"],
      [5, "3", "u"],
    ]);
  });

  it("passes over blank lines and takes another delimiter", async () => {
    expect(await recordsOf("a;b\n\n1;2,5\n   \n", ";")).toEqual([
      [1, "a", "b"],
      [3, "1", "2,5"],
    ]);
  });
});
