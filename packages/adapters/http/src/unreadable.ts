// What never becomes a request: an address or a message that cannot be parsed. Answered like everything else, as a problem, and
// nothing is echoed; the framework's own answers have other shapes and name the address.
import { STATUS_CODES } from "node:http";
import type { ConnectionError, FastifyReply } from "fastify";
import type { Socket } from "node:net";
import { problem, problemBody } from "./problem.js";

function answerBadAddress(_error: unknown, _request: unknown, reply: FastifyReply): void {
  const { problem: found } = problem(400, "bad_address", "The address of the request is not valid.");
  void reply
    .code(found.status)
    .type("application/problem+json")
    .send(JSON.stringify(problemBody(found)));
}

function answerBadMessage({ code }: ConnectionError, socket: Socket): void {
  // The other side is gone: nobody reads an answer.
  if (code === "ECONNRESET" || socket.destroyed) return;
  const { problem: found } = problemOf(code);
  const body = JSON.stringify(problemBody(found));
  if (socket.writable) {
    const head = [
      `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status] ?? ""}`,
      "Content-Type: application/problem+json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}

function problemOf(code: string) {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return problem(431, "headers_too_large", "The headers of the request are larger than 16 KiB together.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return problem(408, "request_timeout", "The request did not arrive in time; send it again.");
    default:
      return problem(400, "bad_message", "The request is not valid HTTP: its method, a header or its framing.");
  }
}

/** Options of a Fastify server: answers with a problem to what cannot be parsed. */
export const unreadableAnswers = {
  frameworkErrors: answerBadAddress,
  clientErrorHandler: answerBadMessage,
};
