// A TCP proxy in front of Postgres that can swallow the server's next answer and cut the connection: the statement was
// committed, and nobody heard of it.
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface CuttingProxy {
  readonly url: string;
  /** From now on answers are not passed on; the connection is cut when the server has answered. */
  cutNextAnswer(): void;
  /** The connections there are fall silent without an end, as when a host vanishes; new ones are not concerned. */
  silence(): void;
  /** How many connections were cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let isArmed = false;
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    client.on("data", (chunk) => !silent.has(client) && upstream.write(chunk));
    upstream.on("data", (chunk) => {
      if (silent.has(upstream)) return;
      if (!isArmed) {
        client.write(chunk);
        return;
      }
      isArmed = false;
      cuts += 1;
      client.destroy();
      upstream.destroy();
    });
    client.on("close", () => upstream.end());
    upstream.on("close", () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutNextAnswer: () => (isArmed = true),
    silence: () => {
      for (const socket of sockets) silent.add(socket);
    },
    get cuts() {
      return cuts;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
