// Output that is whole or absent: files get their names only when the last line of the last of them is written.
import { createWriteStream, renameSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface OutputFile {
  readonly path: string;
  readonly texts: Iterable<string> | AsyncIterable<string>;
}

/** One stream write for so many characters, not one a line. */
const pieceLength = 65_536;

/**
 * Writes the files, replacing what has their names at the end, together. When it fails, or the process ends meanwhile, the old
 * files stay as they were and nothing else is left.
 */
export const writeWhole = async (...files: readonly OutputFile[]): Promise<void> => {
  const parts = files.map(({ path, texts }) => ({ path, texts, partial: `${path}.${process.pid}.partial` }));
  const clear = (): void => {
    for (const { partial } of parts) rmSync(partial, { force: true });
  };
  process.on("exit", clear);
  try {
    for (const { partial, texts } of parts) {
      await pipeline(Readable.from(inPieces(texts)), createWriteStream(partial, { flags: "wx" }));
    }
    // Without a pause between them: an interrupt finds all of the files or none.
    for (const { partial, path } of parts) renameSync(partial, path);
  } finally {
    clear();
    process.off("exit", clear);
  }
};

async function* inPieces(texts: OutputFile["texts"]): AsyncGenerator<string> {
  let piece = "";
  for await (const text of texts) {
    piece += text;
    if (piece.length >= pieceLength) {
      yield piece;
      piece = "";
    }
  }
  if (piece !== "") yield piece;
}

/** Why a file could not be written, in one line. */
export const writeProblem = (file: string, thrown: unknown): string =>
  `${file} cannot be written (${errorCode(thrown)}): check its folder.`;

/** The code of a file system's error. */
export const errorCode = (thrown: unknown): string =>
  typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "unknown";
