// The sample season against a server that answers like the platform, over a real socket.
import Fastify, { type FastifyInstance } from "fastify";
import { loadSample } from "./sample.js";

interface Bulk {
  readonly items: readonly { readonly weddingId: string; readonly idempotencyKey?: string }[];
}

const badWedding = "sample-0003";
const problem = { code: "date_too_far", detail: "The date is too far away." };

/** Answers every bulk request with 200 and refuses one item of the kind that is named. */
async function platformThatRefuses(kind: "weddings" | "executions" | "none"): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: 8 * 1024 * 1024 });
  app.put("/*", () => ({}));
  app.post<{ Body: Bulk }>("/v1/vendors/:vendor/weddings/bulk", ({ body }) => ({
    results: body.items.map(({ weddingId }) =>
      kind === "weddings" && weddingId === badWedding
        ? { weddingId, status: "refused", problem }
        : { weddingId, status: "created" },
    ),
  }));
  app.post<{ Body: Bulk }>("/v1/vendors/:vendor/executions/bulk", ({ body }) => ({
    results: body.items.map(({ weddingId }, index) =>
      kind === "executions" && weddingId === badWedding ? { index, problem } : { index, repeated: false },
    ),
  }));
  await app.listen({ host: "127.0.0.1", port: 0 });
  return app;
}

describe("loading the sample season", () => {
  it.each([
    ["weddings", badWedding],
    ["executions", `${badWedding}/welcome`],
  ] as const)(
    "OPS-1: one of its %s that is refused inside a good answer is an error that names it",
    async (kind, name) => {
      const app = await platformThatRefuses(kind);
      const { port } = app.server.address() as { readonly port: number };
      const loading = loadSample({
        apiUrl: `http://127.0.0.1:${port}`,
        key: "k",
        say: () => undefined,
        signal: new AbortController().signal,
      });
      await expect(loading).rejects.toThrow(
        new RegExp(
          `^The sample season could not be loaded: [^\\n]*${name}[^\\n]*date_too_far[^\\n]*too far away[^\\n]*$`,
        ),
      );
      await app.close();
    },
  );

  it("OPS-1: is loaded when nothing is refused", async () => {
    const app = await platformThatRefuses("none");
    const { port } = app.server.address() as { readonly port: number };
    const lines: string[] = [];
    await loadSample({
      apiUrl: `http://127.0.0.1:${port}`,
      key: "k",
      say: (line) => lines.push(line),
      signal: new AbortController().signal,
    });
    expect(lines).toHaveLength(1);
    await app.close();
  });
});
