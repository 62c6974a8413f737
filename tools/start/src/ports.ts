// The ports of a start: N for the API, N+10 for the aggregator, N+20 for the inbox page, N+25 for its SMTP; checked before anything is started,
// so that a taken port is one clear line and not a crash in the middle.
import { createServer } from "node:net";

export interface Ports {
  readonly api: number;
  readonly metrics: number;
  readonly inbox: number;
  readonly smtp: number;
}

export function portsFrom(base: number): Ports {
  return base === 0
    ? { api: 0, metrics: 0, inbox: 0, smtp: 0 }
    : { api: base, metrics: base + 10, inbox: base + 20, smtp: base + 25 };
}

/** @throws Error with `code` EADDRINUSE and `port` when one of them is taken. */
export async function assertFree(ports: Ports): Promise<void> {
  for (const port of [ports.api, ports.metrics, ports.inbox, ports.smtp]) if (port !== 0) await probe(port);
}

function probe(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => reject(Object.assign(error, { port })));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve()));
  });
}
