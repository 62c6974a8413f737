// Output that is whole or absent: a file gets its name only when its last line is written.
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes the texts to the file, replacing it at the end; on any failure the old file stays as it was. */
export const writeWhole = async (file: string, texts: Iterable<string>): Promise<void> => {
  const partial = `${file}.partial`;
  try {
    await pipeline(Readable.from(texts, { objectMode: true }), createWriteStream(partial));
    await rename(partial, file);
  } catch (thrown) {
    await rm(partial, { force: true });
    throw thrown;
  }
};

/** Joins many short texts into pieces of about 64 KiB: one stream write each instead of one a line. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length >= 65_536) {
      yield piece;
      piece = "";
    }
  }
  if (piece !== "") yield piece;
}

/** Why a file could not be written, in one line. */
export const writeProblem = (file: string, thrown: unknown): string => {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "unknown";
  return `${file} cannot be written (${code}): check its folder.`;
};
