// What a command gets from outside (environment, streams, signal, clock) and the one place where a command's outcome
// becomes output and an exit code. Must not be here: what the commands do.
import type { Shell as BaseShell } from "@wedsync/adapter-terminal";
import type { Command } from "commander";
import { createClient, type Client } from "./client.js";
import { createMetricsClient, type MetricsClient } from "./metrics-client.js";
import { connectionOf, type ConnectionFlags } from "./connection.js";
import { exitCodeOf, type CliError, type Result } from "./result.js";

export interface Shell extends BaseShell {
  readonly random: () => number;
  /** Epoch milliseconds of this machine: a stand-in where the server's time may not be asked. */
  readonly wallClock: () => number;
}

export interface Output {
  /** The document of `--json`. */
  readonly json: unknown;
  /** The same for a person. */
  readonly text: string;
  /** Set when there is something to show and yet the answer is "no". */
  readonly error?: CliError;
}

export interface Patience {
  readonly retries: number;
  readonly maxDelayMs: number;
  readonly timeoutMs: number;
}

/** A person waits: fail within about two seconds when nothing answers. */
const interactive: Patience = { retries: 3, maxDelayMs: 800, timeoutMs: 30_000 };
/** A long job outlives a restart of the server: about a minute of tries. */
export const patient: Patience = { retries: 30, maxDelayMs: 5_000, timeoutMs: 120_000 };

export interface Session<Options> {
  readonly client: Client;
  /** The metrics aggregator. */
  readonly metrics: MetricsClient;
  /** The same server with more patience. */
  readonly clientWith: (patience: Patience) => Client;
  readonly args: readonly string[];
  readonly options: Options;
  readonly shell: Shell;
}

export type Work<Options> = (session: Session<Options>) => Promise<Result<Output>>;

type GlobalOptions = ConnectionFlags & { readonly json?: boolean };

const report = (shell: Shell, json: boolean, output: Output | undefined, error: CliError | undefined): void => {
  if (json) {
    const document = { ...(output?.json as object | undefined), ...(error === undefined ? {} : { error }) };
    const isPlain = error === undefined && (typeof output?.json !== "object" || Array.isArray(output.json));
    shell.stdout.write(`${JSON.stringify(isPlain ? output?.json : document)}\n`);
  } else if (output !== undefined && output.text !== "") shell.stdout.write(`${output.text}\n`);
  if (error !== undefined) shell.stderr.write(`wedsync: ${error.message}\n`);
};

/** Ties work to a command: connection, client, output; `done` receives the exit code. */
export const act = <Options>(command: Command, shell: Shell, done: (code: number) => void, work: Work<Options>) =>
  command.action(async () => {
    const options = command.optsWithGlobals<GlobalOptions & Options>();
    const connection = await connectionOf(options, shell.env);
    if (!connection.ok) {
      report(shell, options.json === true, undefined, connection.error);
      done(exitCodeOf(connection.error));
      return;
    }
    const { url, metricsUrl, key } = connection.value;
    const transport = { key, signal: shell.signal, random: shell.random };
    const clientWith = (patience: Patience) => createClient({ ...transport, ...patience, url });
    const metrics = createMetricsClient({ ...transport, ...interactive, url: metricsUrl });
    const client = clientWith(interactive);
    const result = await work({ client, clientWith, metrics, args: command.args, options, shell });
    finish(command, shell, done, result);
  });

/** Prints what came of a command and passes its exit code on. */
export const finish = (command: Command, shell: Shell, done: (code: number) => void, result: Result<Output>): void => {
  const output = result.ok ? result.value : undefined;
  const error = result.ok ? result.value.error : result.error;
  report(shell, command.optsWithGlobals<GlobalOptions>().json === true, output, error);
  done(error === undefined ? 0 : exitCodeOf(error));
};
