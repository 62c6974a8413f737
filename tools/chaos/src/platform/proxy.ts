// A TCP proxy between the platform and Postgres. It can cut every connection, and cut right after the server has answered
// and before anybody heard of it: the append was made, and its caller does not know.
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Proxy {
  /** The same address through the proxy. */
  through(url: string): string;
  /** Cuts all connections at once. Returns how many. */
  cutAll(): number;
  /** Swallows the next answer on each open connection and cuts it then. Returns how many were armed. */
  cutAfterNextAnswer(): number;
  close(): Promise<void>;
}

interface Pair {
  isArmed: boolean;
  readonly cut: () => void;
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  const server = createServer((client: Socket) => {
    const upstream = connect(Number(port), hostname);
    const pair: Pair = {
      isArmed: false,
      cut: () => {
        client.destroy();
        upstream.destroy();
      },
    };
    pairs.add(pair);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on("error", pair.cut);
      socket.on("close", () => {
        pairs.delete(pair);
        pair.cut();
      });
    }
    client.pipe(upstream);
    upstream.on("data", (chunk: Buffer) => {
      if (pair.isArmed) pair.cut();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    through: (url) => {
      const through = new URL(url);
      through.port = String((server.address() as AddressInfo).port);
      return through.href;
    },
    cutAll: () => {
      const open = [...pairs];
      for (const pair of open) pair.cut();
      return open.length;
    },
    cutAfterNextAnswer: () => {
      for (const pair of pairs) pair.isArmed = true;
      return pairs.size;
    },
    close: async () => {
      for (const pair of pairs) pair.cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
