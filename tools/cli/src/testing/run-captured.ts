// Runs one command line in this process and captures what it printed and how it ended.
import { Writable } from "node:stream";
import { run } from "../program.js";
import { standInKey } from "./stand-in.js";

export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON; throws when it is not one document. */
  readonly json: () => Record<string, unknown>;
}

export interface CaptureOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const sink = () => {
  const pieces: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      pieces.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => pieces.join("") };
};

/** `url` undefined: no address and no key is given to the command. */
export const runCaptured = async (
  url: string | undefined,
  argv: readonly string[],
  options: CaptureOptions = {},
): Promise<Captured> => {
  const [stdout, stderr] = [sink(), sink()];
  const code = await run(argv, {
    env: { ...(url === undefined ? {} : { WEDSYNC_URL: url, WEDSYNC_API_KEY: standInKey }), ...options.env },
    signal: options.signal ?? new AbortController().signal,
    stdout: stdout.stream,
    stderr: stderr.stream,
    now: () => 0,
    random: () => 0.01,
    wallClock: () => Date.UTC(2026, 10, 26, 12),
  });
  const json = () => JSON.parse(stdout.text()) as Record<string, unknown>;
  return { code, stdout: stdout.text(), stderr: stderr.text(), json };
};
