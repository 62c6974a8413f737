// Progress of a long import on standard error: a bar for a person at a terminal, a line now and then for a log.
import { SingleBar } from "cli-progress";

export interface Progress {
  update(bytes: number, rows: number): void;
  stop(): void;
}

const lineEveryMs = 5_000;

/** `now` is a clock in milliseconds; it only spaces the lines. */
export const startProgress = (
  size: number,
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  now: () => number,
): Progress => {
  if (stream.isTTY === true) {
    const format = "importing [{bar}] {percentage} % · {rows} rows · {eta_formatted} left";
    const bar = new SingleBar({ format, stream, hideCursor: true, fps: 4, barsize: 30 });
    bar.start(Math.max(size, 1), 0, { rows: 0 });
    return {
      update: (bytes, rows) => bar.update(bytes, { rows }),
      stop: () => bar.stop(),
    };
  }
  let last = now();
  return {
    update: (bytes, rows) => {
      if (now() - last < lineEveryMs) return;
      last = now();
      stream.write(`importing: ${Math.floor((100 * bytes) / Math.max(size, 1))} %, ${rows} rows\n`);
    },
    stop: () => undefined,
  };
};
