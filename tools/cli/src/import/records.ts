// Lines to CSV records. A quoted field may span lines; a quote that is never closed must cost its own line only, not
// the rest of the file, so a joined record counts only when it has the header's number of columns.
import { parse } from "csv-parse/sync";
import type { Line } from "./lines.js";

export interface CsvRecord {
  /** The record's first line. */
  readonly line: number;
  readonly values: readonly string[];
  readonly bytes: number;
}

export interface BadLine {
  readonly line: number;
  readonly code: "line_too_long" | "line_not_utf8" | "csv_malformed" | "columns_wrong" | "quote_unclosed";
  readonly message: string;
  readonly bytes: number;
}

/** How many lines one record may span. */
const maxSpan = 20;

const messages = {
  line_too_long: "longer than 64 KiB",
  line_not_utf8: "not UTF-8 text: save the file as UTF-8",
  csv_malformed: "not a CSV record: check its quotes",
  quote_unclosed: "a quote is opened and not closed",
};

const quotes = (text: string): number => (text.includes('"') ? text.split('"').length - 1 : 0);

/** Without a quote a record is its text split at the delimiter: that spares most lines a parser of their own. */
const parseRecord = (text: string, delimiter: string): readonly string[] | undefined => {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    return parse(text, { delimiter, relax_column_count: true, bom: false })[0];
  } catch {
    return undefined;
  }
};

const bad = (line: Line, code: keyof typeof messages): BadLine => ({
  line: line.number,
  bytes: line.bytes,
  code,
  message: messages[code],
});

export interface RecordOptions {
  readonly delimiter: string;
}

/**
 * Reads records; the first yielded one is the header. Blank lines are passed over. Never throws for what the file
 * holds: each bad line is yielded with its number, and reading goes on with the next line.
 */
export async function* readRecords(
  lines: AsyncIterator<Line>,
  options: RecordOptions,
): AsyncGenerator<CsvRecord | BadLine> {
  const waiting: Line[] = [];
  let width: number | undefined;

  const next = async (): Promise<Line | undefined> => {
    const line = waiting.shift();
    if (line !== undefined) return line;
    const read = await lines.next();
    return read.done === true ? undefined : read.value;
  };

  /** Joins the lines a quoted field spans; undefined (and the lines put back) when they are no record together. */
  const joined = async (first: Line): Promise<CsvRecord | undefined> => {
    const parts = [first];
    let open = true;
    while (open && parts.length < maxSpan) {
      const line = await next();
      if (line === undefined) break;
      parts.push(line);
      if (line.problem !== undefined) break;
      if (quotes(line.text) % 2 === 1) open = false;
    }
    const values = open ? undefined : parseRecord(parts.map(({ text }) => text).join("\n"), options.delimiter);
    if (values !== undefined && (width === undefined || values.length === width)) {
      return { line: first.number, values, bytes: parts.at(-1)?.bytes ?? first.bytes };
    }
    waiting.unshift(...parts.slice(1));
    return undefined;
  };

  try {
    for (let line = await next(); line !== undefined; line = await next()) {
      if (line.problem !== undefined) {
        yield bad(line, line.problem);
      } else if (quotes(line.text) % 2 === 1) {
        const record = await joined(line);
        if (record !== undefined) width ??= record.values.length;
        yield record ?? bad(line, "quote_unclosed");
      } else if (line.text.trim() !== "") {
        const values = parseRecord(line.text, options.delimiter);
        width ??= values?.length;
        if (values === undefined) yield bad(line, "csv_malformed");
        else if (values.length === width) yield { line: line.number, values, bytes: line.bytes };
        else {
          const message = `${values.length} columns, but the header has ${width ?? 0}`;
          yield { line: line.number, bytes: line.bytes, code: "columns_wrong", message };
        }
      }
    }
  } finally {
    await lines.return?.(undefined);
  }
}

export const isBadLine = (entry: CsvRecord | BadLine): entry is BadLine => "code" in entry;
