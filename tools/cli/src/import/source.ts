// The bookings file as a stream of checked rows. Opened once to choose the shift (when asked) and once to import, so
// that memory does not grow with the file.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { fail, fieldOf, ok, type Result } from "../result.js";
import { locateColumns, type ColumnIndex, type ColumnMap } from "./columns.js";
import { readLines } from "./lines.js";
import { isBadLine, readRecords, type BadLine, type CsvRecord } from "./records.js";
import { readRow, type Rejection, type Row } from "./row.js";

export interface SourceOptions {
  readonly file: string;
  readonly delimiter: string;
  readonly map: ColumnMap | undefined;
  readonly signal: AbortSignal;
}

export interface ReadEntry {
  readonly row: Row | Rejection;
  /** Bytes of the file read so far. */
  readonly bytes: number;
}

export interface Source {
  readonly rows: AsyncGenerator<ReadEntry>;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Closes the file, also when no row was read. */
  readonly close: () => Promise<void>;
}

async function* rowsOf(records: AsyncGenerator<CsvRecord | BadLine>, columns: ColumnIndex): AsyncGenerator<ReadEntry> {
  for await (const record of records) {
    const { line, bytes } = record;
    const row = isBadLine(record)
      ? { line, code: record.code, message: record.message }
      : readRow(line, record.values, columns);
    yield { row, bytes };
  }
}

/** Opens the file, reads its header and finds the mapped columns; rows are read as the generator is asked for them. */
export const openSource = async (options: SourceOptions): Promise<Result<Source>> => {
  const { file, delimiter, map, signal } = options;
  const info = await stat(file).catch(() => undefined);
  if (info === undefined) return fail("usage", `${file}: no such file, or its folder may not be read.`);
  if (!info.isFile()) return fail("usage", `${file} is not a file; the import reads one CSV file.`);
  const records = readRecords(readLines(createReadStream(file, { signal })), { delimiter });
  const close = async (): Promise<void> => {
    await records.return(undefined);
  };
  try {
    const first = await records.next();
    if (first.done === true) return fail("usage", `${file} is empty; its first line must name the columns.`);
    if (isBadLine(first.value))
      return fail("usage", `${file}: its header, line ${first.value.line}, is ${first.value.message}.`);
    const columns = locateColumns(
      first.value.values.map((name) => name.trim()),
      map,
    );
    if (columns.ok) return ok({ rows: rowsOf(records, columns.value), size: info.size, close });
    await close();
    return columns;
  } catch (thrown) {
    return { ok: false, error: readError(file, thrown) };
  }
};

/** What a failing read means: stopped by the operator, or a file that cannot be read. */
export const readError = (file: string, thrown: unknown) => {
  const code = fieldOf(thrown, "code");
  if (code === "ABORT_ERR") return { code: "interrupted", message: "Stopped." } as const;
  return { code: "input_unreadable", message: `${file} cannot be read (${code === "" ? "unknown" : code}).` } as const;
};
