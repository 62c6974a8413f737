// Progress of a pass over the log on standard error: a bar for a person at a terminal, a line now and then for a log.
import { SingleBar } from "cli-progress";

export interface Progress {
  /** @param events seen so far */
  update(events: number): void;
  stop(): void;
}

const lineEveryMs = 5_000;

/** @param now a clock in milliseconds; it only spaces the lines */
export const startProgress = (
  what: string,
  events: number,
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  now: () => number,
): Progress => {
  if (stream.isTTY === true) {
    const format = `${what} [{bar}] {percentage} % · {value} events · {eta_formatted} left`;
    const bar = new SingleBar({ format, stream, hideCursor: true, fps: 4, barsize: 30 });
    bar.start(Math.max(events, 1), 0);
    return { update: (seen) => bar.update(seen), stop: () => bar.stop() };
  }
  let last = now();
  return {
    update: (seen) => {
      if (now() - last < lineEveryMs) return;
      last = now();
      stream.write(`${what}: ${Math.floor((100 * seen) / Math.max(events, 1))} %, ${seen} events\n`);
    },
    stop: () => undefined,
  };
};
