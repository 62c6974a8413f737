// Finds a port of this machine that nobody listens on.
import { createServer } from "node:net";

/** The preferred port when it is free, else any free one. */
export async function choosePort(preferred: number): Promise<number> {
  return preferred > 0 && (await canListen(preferred)) !== undefined ? preferred : ((await canListen(0)) ?? 0);
}

function canListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}
