// Bytes to physical lines, in bounded memory: a file without line ends, or in another encoding, costs one rejected
// line and not the process. Must not be here: what a CSV record is (records.ts).

export interface Line {
  /** Counted from 1, the header's. */
  readonly number: number;
  readonly text: string;
  readonly problem?: "line_too_long" | "line_not_utf8";
  /** Bytes of the file read so far, this line included. */
  readonly bytes: number;
}

/** Longest line that is read, in bytes. */
export const maxLineBytes = 65_536;

const newline = 0x0a;

/** Splits at LF or CRLF; a byte-order mark at the start is dropped. */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  let bytes = 0;
  let kept: Uint8Array[] = [];
  let length = 0;

  const take = (): Line => {
    number += 1;
    const whole = kept.length === 1 ? kept[0] : Buffer.concat(kept);
    const tooLong = length > maxLineBytes;
    kept = [];
    length = 0;
    if (tooLong) return { number, bytes, text: "", problem: "line_too_long" };
    try {
      const text = decoder.decode(whole);
      return { number, bytes, text: text.endsWith("\r") ? text.slice(0, -1) : text };
    } catch {
      return { number, bytes, text: "", problem: "line_not_utf8" };
    }
  };

  const keep = (piece: Uint8Array): void => {
    length += piece.length;
    if (length > maxLineBytes) kept = [];
    else kept.push(piece);
  };

  for await (const chunk of source) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, at));
      bytes += at + 1 - from;
      from = at + 1;
      yield take();
    }
    if (from < chunk.length) {
      keep(chunk.subarray(from));
      bytes += chunk.length - from;
    }
  }
  if (length > 0) yield take();
}
