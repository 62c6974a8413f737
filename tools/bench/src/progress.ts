// Progress on standard error: a bar for a person at a terminal, a line a step for a log.
import { SingleBar } from "cli-progress";

export interface Progress {
  /** A new id begins. */
  begin(id: string): void;
  steps(count: number): void;
  step(name: string): void;
  /** A line above the bar. */
  say(line: string): void;
  end(): void;
}

export function startProgress(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }): Progress {
  const bar =
    stream.isTTY === true
      ? new SingleBar({
          format: "{id} [{bar}] {value}/{total} · {name} · {duration_formatted}",
          stream,
          hideCursor: true,
          fps: 2,
          barsize: 24,
        })
      : undefined;
  let id = "";
  let total = 0;
  let done = 0;
  const stop = (): void => bar?.stop();
  return {
    begin: (next) => {
      stop();
      id = next;
      total = 0;
      done = 0;
      bar?.start(1, 0, { id, name: "starting" });
      if (bar === undefined) stream.write(`${id}\n`);
    },
    steps: (count) => {
      total += count;
      bar?.setTotal(total);
    },
    step: (name) => {
      done += 1;
      bar?.update(done, { id, name });
      if (bar === undefined) stream.write(`${id} ${done}/${total} ${name}\n`);
    },
    say: (line) => {
      if (bar === undefined) stream.write(`${line}\n`);
      else bar.update({ id, name: line });
    },
    end: stop,
  };
}
