// The progress bar of a backtest, on standard error and only at a terminal.
import { SingleBar } from "cli-progress";

export interface Progress {
  readonly update: (done: number) => void;
  readonly stop: () => void;
}

/** Starts a bar of `total` steps. */
export const startProgress = (total: number, stream: NodeJS.WriteStream): Progress => {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const format = "forecasting [{bar}] {percentage} % · {value} of {total} origins · {eta_formatted} left";
  const bar = new SingleBar({ format, stream, hideCursor: true, fps: 4, barsize: 30 });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
};
