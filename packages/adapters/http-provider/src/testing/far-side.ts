// A far side that does as it is told, and remembers what reached it.
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | "drop"
  | "hang";

export interface FarSide {
  /** `http://` of its handler. */
  readonly url: string;
  /** Requests that were read to their end. */
  readonly calls: readonly Call[];
  /** Requests that were answered with 2xx. */
  accepted(): number;
  connections(): number;
  /** Resolves when it has fallen silent on a request or a connection. */
  readonly hung: Promise<void>;
  close(): Promise<void>;
}

/** Reads each request and answers as told: with a status, by cutting the connection, or never. */
export async function startFarSide(answer: Answer | ((call: Call, index: number) => Answer)): Promise<FarSide> {
  const calls: Call[] = [];
  let accepted = 0;
  const hung = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const call = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
      const told = typeof answer === "function" ? answer(call, calls.length) : answer;
      calls.push(call);
      if (told === "drop") request.socket.destroy();
      else if (told === "hang") hung.resolve();
      else {
        if (told.status >= 200 && told.status < 300) accepted += 1;
        response.writeHead(told.status, told.headers).end(told.body ?? "");
      }
    });
  });
  return await listening(server, "http", { calls, accepted: () => accepted, hung: hung.promise });
}

/** Takes connections and lets no TLS session come about: `drop` closes them, `hang` is silent. */
export async function startDeafSide(behaviour: "drop" | "hang"): Promise<FarSide> {
  const hung = Promise.withResolvers<void>();
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    if (behaviour === "drop") socket.destroy();
    else hung.resolve();
  });
  return await listening(server, "https", { calls: [], accepted: () => 0, hung: hung.promise });
}

async function listening(
  server: Server,
  scheme: "http" | "https",
  more: Pick<FarSide, "calls" | "accepted" | "hung">,
): Promise<FarSide> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...more,
    url: `${scheme}://127.0.0.1:${port}/run`,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
