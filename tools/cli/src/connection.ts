// Where the server is and which key opens it: flags win, then the environment, then the data folder of `start`.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Result } from "./result.js";

export interface ConnectionFlags {
  readonly url?: string;
  readonly metricsUrl?: string;
  readonly key?: string;
  readonly dataDir?: string;
}

export interface Connection {
  readonly url: string;
  /** The aggregator. */
  readonly metricsUrl: string;
  readonly key: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const set = (value: string | undefined): string | undefined => {
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
};

/** The data folder of `start`; an empty name is none, and never the present folder. */
export const folderOf = (flags: Pick<ConnectionFlags, "dataDir">, env: Environment): string =>
  set(flags.dataDir) ?? set(env["WEDSYNC_DATA_DIR"]) ?? ".wedsync";

const stored = async (flags: ConnectionFlags, env: Environment, file: string) =>
  set(await readFile(join(folderOf(flags, env), file), "utf8").catch(() => undefined));

const addressOf = async (flags: ConnectionFlags, env: Environment): Promise<Result<string>> => {
  const given = set(flags.url) ?? set(env["WEDSYNC_URL"]) ?? (await stored(flags, env, "api-url"));
  if (given !== undefined) return checked(given, "--url (or WEDSYNC_URL)");
  const port = set(env["WEDSYNC_PORT"]) ?? "4600";
  return /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535
    ? ok(`http://127.0.0.1:${port}`)
    : fail("usage", "WEDSYNC_PORT is not a port: a whole number from 1 to 65535. Example: 4600.");
};

/** The aggregator is where it is said to be, or where `start` wrote it down, or beside the server, ten ports up. */
const metricsAddressOf = async (flags: ConnectionFlags, env: Environment, server: string): Promise<Result<string>> => {
  const isServerGiven = (set(flags.url) ?? set(env["WEDSYNC_URL"])) !== undefined;
  const beside = new URL(server);
  beside.port = String(Number(beside.port === "" ? 4600 : beside.port) + 10);
  const given =
    set(flags.metricsUrl) ??
    set(env["WEDSYNC_METRICS_URL"]) ??
    (isServerGiven ? undefined : await stored(flags, env, "metrics-url")) ??
    beside.href;
  return checked(given, "--metrics-url (or WEDSYNC_METRICS_URL)");
};

const checked = (address: string, name: string): Result<string> => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    return fail("usage", `${name} is no http address; it looks like http://127.0.0.1:4600.`);
  }
  if (url.username !== "" || url.password !== "") {
    return fail("usage", `${name} must hold no user or password: the key goes into --key.`);
  }
  return ok(url.href.replace(/\/+$/, ""));
};

/**
 * Finds address and key. Without a flag or variable both come from the data folder of `start`. The key file is `<data folder>/ops-api-key`, which `start` writes; the folder is --data-dir,
 * WEDSYNC_DATA_DIR or `.wedsync`.
 */
export const connectionOf = async (flags: ConnectionFlags, env: Environment): Promise<Result<Connection>> => {
  const url = await addressOf(flags, env);
  if (!url.ok) return url;
  const metricsUrl = await metricsAddressOf(flags, env, url.value);
  if (!metricsUrl.ok) return metricsUrl;
  const given = set(flags.key) ?? set(env["WEDSYNC_API_KEY"]);
  const file = join(folderOf(flags, env), "ops-api-key");
  const key = given ?? set(await readFile(file, "utf8").catch(() => undefined));
  if (key === undefined) {
    const hint = "give --key or WEDSYNC_API_KEY, or run `npx pnpm@12 start`, which writes that file";
    return fail("no_key", `No key: ${file} cannot be read; ${hint}.`);
  }
  if (!/^[\u0021-\u007e]+$/.test(key)) {
    return fail("usage", "The key holds blanks or characters that no key has: copy it again.");
  }
  return ok({ url: url.value, metricsUrl: metricsUrl.value, key });
};
