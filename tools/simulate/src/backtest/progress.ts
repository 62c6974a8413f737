// The progress bar of a backtest, on standard error and only at a terminal.
import { SingleBar } from "cli-progress";

export interface Progress {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

/** A bar that appears with the first update. */
export const startProgress = (stream: NodeJS.WriteStream): Progress => {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const format = "forecasting [{bar}] {percentage} % · {value} of {total} origins · {eta_formatted} left";
  const bar = new SingleBar({ format, stream, hideCursor: true, fps: 4, barsize: 30 });
  return {
    update: (done, total) => {
      if (!bar.isActive) bar.start(total, done);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
};
