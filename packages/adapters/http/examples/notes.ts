// One route, from its description to a running server.
import {
  answerProblem,
  checkInput,
  defineEndpoint,
  guardRoutes,
  id,
  unreadableAnswers,
  type ApiKeyVerifier,
} from "@wedsync/adapter-http";
import Fastify, { type FastifyInstance } from "fastify";
import { z } from "zod";

export const endpoints = {
  putNote: defineEndpoint({
    operation: "putNote",
    method: "PUT",
    path: "/v1/vendors/:vendorId/notes/:noteId",
    summary: "Write a note.",
    allow: ["ops", "vendor"],
    params: z.strictObject({ vendorId: id, noteId: id }),
    body: z.strictObject({ text: z.string().min(1).max(200) }),
    bodyLimit: 1_024,
    status: 200,
    response: z.object({ noteId: id, by: z.string() }),
    command: "put_note",
  }),
  live: defineEndpoint({
    operation: "live",
    method: "GET",
    path: "/health/live",
    summary: "The process answers.",
    allow: "open",
    status: 200,
    response: z.object({ status: z.literal("ok") }),
  }),
};

export interface NotesOptions {
  readonly keys: ApiKeyVerifier;
  readonly jwtSecret?: Uint8Array;
  readonly requestsPerMinute: number;
  readonly refused: string[];
}

/** A server with one route behind the guard. */
export async function notesServer(options: NotesOptions): Promise<FastifyInstance> {
  const fastify = Fastify(unreadableAnswers);
  await guardRoutes(fastify, {
    endpoints,
    keys: options.keys,
    ...(options.jwtSecret === undefined ? {} : { jwtSecret: options.jwtSecret }),
    requestsPerMinute: options.requestsPerMinute,
    requests: { observe: () => undefined },
    onRefused: (endpoint, context, code) =>
      void options.refused.push(`${endpoint.operation} ${code} ${context.caller.actor}`),
  });
  fastify.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, fastify.log));
  fastify.addHook("preHandler", async (request) => checkInput(request));
  fastify.put(endpoints.putNote.path, (request) => {
    const { params, context } = request.input ?? { params: {}, context: { caller: { actor: "nobody" } } };
    return { noteId: (params as { noteId: string }).noteId, by: context.caller.actor };
  });
  fastify.get(endpoints.live.path, () => ({ status: "ok" }));
  fastify.get("/not-described", () => "never");
  return fastify;
}
