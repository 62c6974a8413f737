// Progress of a pass whose length shows on the way, on standard error: a bar at a terminal, a line now and then for a log.
import { SingleBar } from "cli-progress";

export interface PassProgress {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

const lineEveryMs = 5_000;

/** `now` is a clock in milliseconds; it only spaces the lines. */
export const startProgress = (
  what: string,
  noun: string,
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  now: () => number,
): PassProgress => {
  if (stream.isTTY === true) {
    const format = `${what} [{bar}] {percentage} % · {value} ${noun} · {eta_formatted} left`;
    const bar = new SingleBar({ format, stream, hideCursor: true, fps: 4, barsize: 30 });
    bar.start(1, 0);
    return {
      update: (done, total) => {
        bar.setTotal(Math.max(1, total));
        bar.update(done);
      },
      stop: () => bar.stop(),
    };
  }
  let last = now();
  return {
    update: (done, total) => {
      if (now() - last < lineEveryMs) return;
      last = now();
      stream.write(`${what}: ${Math.floor((100 * done) / Math.max(total, 1))} %, ${done} ${noun}\n`);
    },
    stop: () => undefined,
  };
};
