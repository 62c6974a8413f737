// The connection of a snapshot: read-only, given up when nobody answers, and cut at once when the user stops. What went wrong is
// told by a code; the driver's own messages may hold the address, so they stay here as the cause.
import { Socket } from "node:net";
import { Client, type ClientConfig } from "pg";

type SnapshotTrouble =
  | "address_invalid"
  | "database_silent"
  | "database_unreachable"
  | "login_refused"
  | "database_unknown";

/** Why the database cannot be used. */
export interface SnapshotError extends Error {
  readonly code: SnapshotTrouble;
  /** SQLSTATE or the system's code, where there is one. */
  readonly detail?: string;
}

/** How long the database may take to let us in. */
const connectTimeoutMs = 10_000;

const snapshotError = (code: SnapshotTrouble, cause: unknown, detail?: string): SnapshotError =>
  Object.assign(new Error(`The database cannot be used: ${code}.`, { cause }), {
    name: "SnapshotError",
    code,
    ...(detail === undefined ? {} : { detail }),
  });

/** True when the error says that the database could not be used, also across copies of the package. */
export const isSnapshotError = (error: unknown): error is SnapshotError =>
  error instanceof Error && error.name === "SnapshotError";

export interface SnapshotConnection {
  readonly connectionString: string;
  /** Cuts the connection when it aborts; whatever waits for an answer fails. */
  readonly signal?: AbortSignal;
}

export interface SnapshotClient {
  query<Result extends object>(text: string, values?: readonly unknown[]): Promise<readonly Result[]>;
  close(): Promise<void>;
}

/** @throws SnapshotError when the database cannot be reached or does not let us in */
export async function openSnapshotClient(options: SnapshotConnection): Promise<SnapshotClient> {
  const { signal } = options;
  const socket = new Socket();
  const client = newClient({
    connectionString: options.connectionString,
    application_name: "wedsync-replay",
    options: "-c default_transaction_read_only=on -c jit=off -c datestyle=iso",
    connectionTimeoutMillis: connectTimeoutMs,
    stream: () => socket,
  });
  client.on("error", () => undefined);
  // A goodbye would wait for a server that may have stopped answering.
  const cut = (): void => void socket.destroy();
  signal?.addEventListener("abort", cut, { once: true });
  const close = async (): Promise<void> => {
    if (signal?.aborted !== true) await client.end().catch(() => undefined);
    signal?.removeEventListener("abort", cut);
  };
  try {
    const connected = client.connect();
    if (signal?.aborted === true) cut();
    await connected;
  } catch (error) {
    cut();
    signal?.removeEventListener("abort", cut);
    throw troubleOf(error, true);
  }
  return {
    query: async <Result extends object>(text: string, values: readonly unknown[] = []) => {
      try {
        return (await client.query<Result>(text, [...values])).rows;
      } catch (error) {
        throw troubleOf(error, false);
      }
    },
    close,
  };
}

function newClient(config: ClientConfig): Client {
  try {
    return new Client(config);
  } catch (error) {
    throw snapshotError("address_invalid", error);
  }
}

/** What the driver's error means. A query's own failure (a missing table) keeps its SQLSTATE and stays what it is. */
function troubleOf(error: unknown, isConnecting: boolean): unknown {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
  const message = error instanceof Error ? error.message : "";
  if (code === "3D000") return snapshotError("database_unknown", error, code);
  if (code !== undefined && /^28[0-9A-Z]{3}$/.test(code)) return snapshotError("login_refused", error, code);
  // The driver asks for a password that the address does not hold.
  if (isConnecting && message.startsWith("SASL")) return snapshotError("login_refused", error);
  if (message === "timeout expired") return snapshotError("database_silent", error);
  if (isConnecting && code === "ERR_SOCKET_BAD_PORT") return snapshotError("address_invalid", error);
  const isLost = code === undefined || !/^[0-9A-Z]{5}$/.test(code) || /^(08|53|57)/.test(code);
  return isConnecting || isLost ? snapshotError("database_unreachable", error, code) : error;
}
