// A way to a database that falls silent, as a server does that was stopped: connections stay open, answers do not come.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface SilentWay {
  /** The database's address by this way. */
  readonly url: string;
  /** Resolves when it has fallen silent: somebody waits for an answer now. */
  readonly silent: Promise<void>;
  close(): Promise<void>;
}

/** @param from falls silent at the first query that holds this text; `connect` for at once */
export async function openSilentWay(database: string, from: string): Promise<SilentWay> {
  const target = new URL(database);
  const sockets = new Set<Socket>();
  let fallSilent = (): void => undefined;
  const silent = new Promise<void>((resolve) => (fallSilent = resolve));
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) sockets.add(socket.on("error", () => undefined));
    let isSilent = false;
    client.on("data", (data) => {
      isSilent ||= from === "connect" || data.includes(from);
      if (isSilent) fallSilent();
      else upstream.write(data);
    });
    upstream.on("data", (data) => void (isSilent || client.write(data)));
    client.on("close", () => upstream.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = new URL(database);
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" && address !== null ? address.port : 0);
  return {
    url: url.href,
    silent,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
