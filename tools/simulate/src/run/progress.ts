// Progress of a simulation on standard error: a bar for a person at a terminal, a line for each stage in a log.
import { SingleBar } from "cli-progress";
import type { SeasonProgress } from "./simulate-season.js";

export interface Progress {
  update(progress: SeasonProgress): void;
  stop(): void;
}

export const startProgress = (stream: NodeJS.WriteStream): Progress => {
  if (stream.isTTY) {
    const format = "simulating [{bar}] {percentage} % · {stage} · {eta_formatted} left";
    const bar = new SingleBar({ format, stream, hideCursor: true, fps: 4, barsize: 30 });
    bar.start(1_000, 0, { stage: "demand" });
    return {
      update: ({ stage, done }) => bar.update(Math.floor(done * 1_000), { stage }),
      stop: () => bar.stop(),
    };
  }
  let shown = "";
  return {
    update: ({ stage }) => {
      if (stage === shown) return;
      shown = stage;
      stream.write(`simulating: ${stage}\n`);
    },
    stop: () => undefined,
  };
};
