// Progress on standard error: a bar for a person at a terminal, a line now and then for a log.
import { SingleBar } from "cli-progress";
import type { Shell } from "./shell.js";

export interface Progress {
  /**
   * @param done how far it is, of `total`
   * @param count what is shown beside it, where that is something else
   */
  update(done: number, total: number, count?: number): void;
  stop(): void;
}

const lineEveryMs = 5_000;

/**
 * @param what is being done, for example `importing`
 * @param noun of what is counted, for example `rows`
 */
export function startProgress(what: string, noun: string, { stderr, now }: Pick<Shell, "stderr" | "now">): Progress {
  if (stderr.isTTY === true) {
    const format = `${what} [{bar}] {percentage} % · {count} ${noun} · {eta_formatted} left`;
    const bar = new SingleBar({ format, stream: stderr, hideCursor: true, fps: 4, barsize: 30 });
    bar.start(1, 0, { count: 0 });
    return {
      update: (done, total, count = done) => {
        bar.setTotal(Math.max(1, total));
        bar.update(done, { count });
      },
      stop: () => bar.stop(),
    };
  }
  let last = now();
  return {
    update: (done, total, count = done) => {
      if (now() - last < lineEveryMs) return;
      last = now();
      stderr.write(`${what}: ${Math.floor((100 * done) / Math.max(total, 1))} %, ${count} ${noun}\n`);
    },
    stop: () => undefined,
  };
}
