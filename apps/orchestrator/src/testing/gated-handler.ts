// A team's own handler that answers nobody until it is opened, and a module type that it carries out.
import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface GatedHandler {
  /** Environment of an orchestrator that may call it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Definition of the module type `gated`. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Calls that wait for their answer. */
  waiting(): number;
  /** Calls so far. */
  calls(): number;
  /** Answers what waits with 503: to be tried again. */
  refuse(): void;
  /** Answers what waits, and from now on everybody at once. */
  open(): void;
  close(): Promise<void>;
}

export async function startGatedHandler(): Promise<GatedHandler> {
  const waiting: ServerResponse[] = [];
  let isOpen = false;
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      calls += 1;
      if (isOpen) response.writeHead(200).end();
      else waiting.push(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    environment: {
      WEDSYNC_HTTP_HANDLER_SECRET: `whsec_${randomBytes(32).toString("base64")}`,
      WEDSYNC_HTTP_HANDLER_ALLOW_PRIVATE: "true",
    },
    definition: {
      type: "gated",
      title: "Gated",
      configSchema: { type: "object" },
      payloadSchema: { type: "object" },
      resources: { cpuMillis: 1, memoryMiB: 1, networkKiBps: 1 },
      performance: { p95Ms: 1_000, p99Ms: 1_000, errorRate: 0.01 },
      retry: { maxAttempts: 3, baseMs: 1, capMs: 1, maxLost: 2 },
      timeoutMs: 120_000,
      effect: "keyed",
      messageClass: "transactional",
      weddingPolicy: { criticalDaysBefore: 1, highDaysBefore: 7, defaultTier: "normal" },
      lateness: { deadlineAfterMs: 3_600_000, expiresAfterMs: 7_200_000, onLate: "run", repeatAfterMove: false },
      quietHours: null,
      vendorProfiles: {},
      providers: { primary: "http", backups: [] },
      handler: { kind: "http", url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/gated` },
    },
    waiting: () => waiting.length,
    calls: () => calls,
    refuse: () => {
      for (const response of waiting.splice(0)) response.writeHead(503).end();
    },
    open: () => {
      isOpen = true;
      for (const response of waiting.splice(0)) response.writeHead(200).end();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
