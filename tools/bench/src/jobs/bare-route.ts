// What P-3 is compared with: one Fastify route that checks the same body and answers, and does nothing else.
import fastify from "fastify";
import { z } from "zod";

const body = z.strictObject({
  weddingId: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/),
  moduleType: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/),
  config: z.record(z.string(), z.unknown()).exactOptional(),
  payload: z.record(z.string(), z.unknown()).exactOptional(),
  when: z.union([
    z.literal("now"),
    z.strictObject({ at: z.iso.datetime({ offset: true }) }),
    z.strictObject({ day: z.int().min(-3_650).max(3_650), time: z.string().regex(/^\d{2}:\d{2}$/) }),
  ]),
});

export interface BareRoute {
  readonly url: string;
  close(): Promise<void>;
}

export async function startBareRoute(): Promise<BareRoute> {
  const server = fastify();
  server.post("/v1/vendors/:vendor/executions", async (request, reply) => {
    const parsed = body.safeParse(request.body);
    if (!parsed.success) return await reply.code(400).send({ code: "invalid" });
    return await reply.code(202).send({ executionId: request.id, status: "waiting", tier: "normal" });
  });
  server.get("/health/live", () => ({ status: "ok" }));
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  return { url, close: async () => await server.close() };
}
