// What becomes of an exception on its way out: a problem that says whether to come again, and nothing of its own words.
import { logError } from "@wedsync/event-log";
import Fastify from "fastify";
import { answerProblem } from "./answer-problem.js";

async function answerTo(error: Error) {
  const app = Fastify();
  app.setErrorHandler((thrown, request, reply) => answerProblem(thrown, request, reply, { error: () => undefined }));
  app.get("/", () => {
    throw error;
  });
  const { statusCode, headers, payload } = await app.inject("/");
  await app.close();
  return { status: statusCode, retry: headers["retry-after"], body: JSON.parse(payload) as Record<string, unknown> };
}

it.each([
  ["a session that broke", new Error("Connection terminated unexpectedly")],
  ["a server that says nothing", new Error("Query read timeout")],
  ["a server that lets nobody in", new Error("timeout exceeded when trying to connect")],
  ["a server that shuts down", Object.assign(new Error("secret"), { code: "57P01" })],
])("SEC-2: %s is a database that is away: 503, and when to come again", async (_what, error) => {
  const { status, retry, body } = await answerTo(error);
  expect({ status, retry, code: body["code"] }).toEqual({ status: 503, retry: "2", code: "database_unavailable" });
});

it("API-1: who lost against others too often is told so, and not that the log is away", async () => {
  const { status, body } = await answerTo(logError("too_many_conflicts", "Stream wedding-x changed; try again."));
  expect(status).toBe(503);
  expect(body).toMatchObject({ code: "too_many_conflicts", detail: expect.stringMatching(/^Too many others/) });
});

it("SEC-2: anything else is an error without its words", async () => {
  const { status, body } = await answerTo(new Error("Anna and Ben"));
  expect({ status, code: body["code"] }).toEqual({ status: 500, code: "internal_error" });
  expect(JSON.stringify(body)).not.toContain("Anna");
});
