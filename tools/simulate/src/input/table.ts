// A CSV file as cells with line numbers. Strict: an answer from half of a broken file would be a wrong one.
import { CsvError, parse } from "csv-parse/sync";
import { read, refuse, type Read } from "./problem.js";

export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

const whatToDo: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: "has another number of columns than the header",
  CSV_RECORD_INCONSISTENT_COLUMNS: "has another number of columns than the header",
  CSV_QUOTE_NOT_CLOSED: "opens a quote that is never closed",
  CSV_INVALID_CLOSING_QUOTE: "has text after a closing quote",
  INVALID_OPENING_QUOTE: "has a quote in the middle of a field",
};

const lineOfByte = (bytes: Uint8Array, end: number): number => {
  let line = 1;
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0x0a) line += 1;
  return line;
};

/** The first byte that is not UTF-8, found by halving: decoding a prefix fails from there on. */
const firstBadByte = (bytes: Uint8Array): number => {
  const decodes = (end: number): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  return good;
};

/** Decodes UTF-8 (with or without byte order mark) and splits it into rows. */
export const readTable = (bytes: Uint8Array): Read<Table> => {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("encoding", "is not UTF-8 text: save the file as UTF-8.", lineOfByte(bytes, firstBadByte(bytes)));
  }
  const zero = text.indexOf("\0");
  if (zero >= 0) {
    const line = text.slice(0, zero).split("\n").length;
    return refuse("encoding", "holds zero bytes: save the file as UTF-8 text, not UTF-16.", line);
  }
  const records: TableRow[] = [];
  try {
    parse(text, {
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        records.push({ line: lines, cells });
        return null;
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const line = typeof thrown["lines"] === "number" ? thrown["lines"] : 1;
    return refuse("csv", `${whatToDo[thrown.code] ?? "is no CSV record"}: correct the line.`, line);
  }
  const [header, ...rows] = records;
  if (header === undefined) return refuse("empty", "The file is empty.");
  return read({ header: header.cells, rows });
};
