// Progress of a backtest on standard error: a bar for a person at a terminal, one line in a log.
import { SingleBar } from "cli-progress";

export interface Progress {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

/** A bar that appears with the first update, and goes on counting the time between updates. */
export const startProgress = (stream: NodeJS.WriteStream): Progress => {
  if (!stream.isTTY) {
    let isTold = false;
    return {
      update: (_, total) => {
        if (!isTold) stream.write(`forecasting from ${total} origins\n`);
        isTold = true;
      },
      stop: () => undefined,
    };
  }
  const format =
    "forecasting [{bar}] {percentage} % · {value} of {total} origins · {duration_formatted}, {eta_formatted} left";
  const bar = new SingleBar({ format, stream, hideCursor: true, fps: 4, barsize: 30 });
  return {
    update: (done, total) => {
      if (!bar.isActive) bar.start(total, done);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
};
