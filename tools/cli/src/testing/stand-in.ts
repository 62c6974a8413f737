// A small HTTP server that answers like the orchestrator where the command line's tests need it: real sockets, real
// status codes, faults on request. What the platform really does with a wedding is tested end to end, not here.
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";

export interface StandIn {
  readonly url: string;
  readonly weddings: Map<string, string>;
  readonly vendors: Map<string, unknown>;
  readonly journeys: Set<string>;
  /** `METHOD path`, in the order of arrival, faulted ones included. */
  readonly requests: string[];
  readonly bodies: unknown[];
  /** Faults for the next requests, one each: a status, or "reset" for a connection broken without an answer. */
  readonly faults: (Fault | undefined)[];
  /** Called when a bulk request has arrived, before it is answered. */
  onBulk: () => Promise<void> | void;
  mostBulkAtOnce: number;
  close(): Promise<void>;
}

export type Fault =
  | "reset"
  | { readonly status: number; readonly retryAfter?: string; readonly location?: string; readonly body?: unknown };

export const standInKey = "stand-in-key";

const execution = (number: number) => `0b1f7f7e-0000-5000-8000-00000000000${number}`;

interface BulkItem {
  readonly weddingId: string;
  readonly journeyId?: string;
  readonly cancelled?: boolean;
}

const problem = (reply: FastifyReply, status: number, code: string, detail: string) =>
  reply.code(status).type("application/problem+json").send({ type: "about:blank", status, code, detail });

const addRoutes = (app: FastifyInstance, self: StandIn): void => {
  app.get("/v1/status", () => ({
    now: "2026-11-24T12:00:00.000Z",
    head: "12",
    executions: { scheduled: 40, waiting: 2, running: 1 },
    dueToday: 5,
    attention: { held: 0, uncertain: 1, dead: 0 },
    holds: [{ scope: "vendor:rose", since: "2026-11-24T11:00:00.000Z", cause: "operator" }],
    workers: [{}],
  }));
  app.get("/v1/season-policy", () => ({
    name: "default",
    version: 3,
    markets: {
      europe: { zone: "Europe/Berlin", floor: 0.2, cap: 8, covers: { from: "2025-01-01", to: "2029-12-31" } },
    },
  }));
  app.put("/v1/season-policy/markets/:market", () => ({ version: 4, changed: true, touched: ["alps"], gaps: [] }));
  app.get("/v1/scaling", () => ({
    now: "2026-11-24T12:00:00.000Z",
    mode: "active",
    wantedSlots: 40,
    plannedSlots: 32,
    presentSlots: 36,
    reasons: [{ code: "planned" }, { code: "lag_adds" }],
    backlog: { count: 1_200, oldestAgeMs: 4_000 },
    markets: [
      {
        market: "united-kingdom",
        plan: { steps: [{ at: "2026-11-27T17:00:00.000Z", slots: 32, reasons: [{ code: "lead_time" }] }] },
      },
    ],
  }));
  app.get<{ Params: { id: string } }>("/v1/vendors/:id", (request, reply) =>
    self.vendors.has(request.params.id)
      ? reply.send(self.vendors.get(request.params.id))
      : problem(reply, 404, "vendor_unknown", "no such vendor"),
  );
  app.put<{ Params: { id: string } }>("/v1/vendors/:id", (request, reply) => {
    self.vendors.set(request.params.id, request.body);
    return reply.code(201).send({});
  });
  app.get<{ Params: { journey: string } }>("/v1/vendors/:id/journeys/:journey", (request, reply) =>
    self.journeys.has(request.params.journey)
      ? reply.send({ steps: [] })
      : problem(reply, 404, "journey_unknown", "no such journey"),
  );
  app.post<{ Body: { items: BulkItem[] } }>("/v1/vendors/:id/weddings/bulk", (request) => {
    const results = request.body.items.map((item) => {
      const text = JSON.stringify(item);
      const before = self.weddings.get(item.weddingId);
      if (item.weddingId.startsWith("refuse")) {
        return { weddingId: item.weddingId, status: "refused", problem: { code: "date_too_far", detail: "too far" } };
      }
      self.weddings.set(item.weddingId, text);
      const status = before === text ? "unchanged" : before === undefined ? "created" : "changed";
      const fresh = item.journeyId !== undefined && before === undefined;
      return {
        weddingId: item.weddingId,
        status,
        executions: { accepted: fresh ? 6 : 0, skipped: fresh ? 2 : 0, unchanged: 0 },
      };
    });
    return { results };
  });
  app.get<{ Querystring: { cursor?: string } }>("/v1/executions", (request) => {
    const item = {
      status: "dead",
      tier: "normal",
      dueAt: 0,
      moduleType: "email",
      vendorId: "v",
      weddingId: "w\u001b[2J",
      attempts: 5,
    };
    return request.query.cursor === undefined
      ? { items: [{ executionId: execution(1), ...item }], nextCursor: execution(1) }
      : { items: [{ executionId: execution(2), ...item }] };
  });
  app.get("/v1/executions/:id", () => ({ executionId: execution(1), status: "dead" }));
  app.get("/v1/executions/:id/history", () => ({
    items: [{ type: "ExecutionRequested", position: "7", time: "2026-11-24T12:00:00Z" }],
  }));
  app.post("/v1/executions/:id/redrive", (request, reply) =>
    request.url.includes(execution(2)) ? problem(reply, 409, "not_dead", "it is not dead") : reply.code(202).send({}),
  );
  app.post("/v1/executions/:id/release", (request, reply) =>
    request.url.includes(execution(2)) ? problem(reply, 409, "not_held", "it is not held") : reply.send({}),
  );
  for (const path of ["/v1/executions/:id/cancel", "/v1/executions/:id/settle", "/v1/hold", "/v1/release"]) {
    app.post(path, (_, reply) => reply.code(204).send());
  }
  const generation = {
    generation: 1,
    status: "active",
    state: "running",
    position: "12",
    eventsBehind: 3,
    millisecondsBehind: 40,
    parkedStreams: 0,
    aheadOfLog: false,
  };
  app.get("/v1/read-models", () => ({ items: [{ name: "executions", generations: [generation] }] }));
  app.post<{ Params: { name: string } }>("/v1/read-models/:name/rebuild", (request, reply) =>
    request.params.name === "executions"
      ? reply.code(202).send({ name: "executions", generation: 2, status: "building" })
      : problem(reply, 404, "read_model_unknown", "no such read model"),
  );
  app.delete("/v1/read-models/:name/generations/:generation", (_, reply) =>
    reply.send({ name: "executions", generation: 1, status: "dropped" }),
  );
  app.post("/v1/keys", () => ({ keyId: "k-1", key: "wsk_made_up" }));
  app.get("/v1/keys", () => ({ items: [{ keyId: "k-1", role: "ops" }] }));
  app.delete("/v1/keys/:id", (_, reply) => reply.code(204).send());
};

/** Starts a stand-in on a free port of the loopback. */
export const startStandIn = async (): Promise<StandIn> => {
  const app = Fastify({ bodyLimit: 8 * 1024 * 1024, forceCloseConnections: true });
  const self: { -readonly [K in keyof StandIn]: StandIn[K] } = {
    url: "",
    weddings: new Map(),
    vendors: new Map(),
    journeys: new Set(["season"]),
    requests: [],
    bodies: [],
    faults: [],
    onBulk: () => undefined,
    mostBulkAtOnce: 0,
    close: () => app.close(),
  };
  let bulkNow = 0;
  const isBulk = (request: { readonly url: string }) => request.url.endsWith("/bulk");
  // Counted down before the answer leaves, else the client's next request could come first.
  app.addHook("onSend", (request, _reply, _payload, done) => {
    if (isBulk(request)) bulkNow -= 1;
    done();
  });
  app.addHook("preHandler", async (request, reply) => {
    self.requests.push(`${request.method} ${request.url}`);
    self.bodies.push(request.body);
    if (isBulk(request)) {
      bulkNow += 1;
      self.mostBulkAtOnce = Math.max(self.mostBulkAtOnce, bulkNow);
      await self.onBulk();
    }
    if (request.headers.authorization !== `Bearer ${standInKey}`)
      return problem(reply, 401, "unauthenticated", "who are you");
    const fault = self.faults.shift();
    if (fault === "reset") {
      reply.hijack();
      request.raw.socket.destroy();
      return undefined;
    }
    if (fault === undefined) return undefined;
    if (fault.retryAfter !== undefined) reply.header("retry-after", fault.retryAfter);
    if (fault.location !== undefined) reply.header("location", fault.location);
    return reply.code(fault.status).send(fault.body ?? { code: "made_fault", detail: "a fault made by the test" });
  });
  addRoutes(app, self);
  self.url = await app.listen({ host: "127.0.0.1", port: 0 });
  return self;
};
