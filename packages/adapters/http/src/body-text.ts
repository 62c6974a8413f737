// Bodies are JSON in UTF-8, as they are. What is anything else is refused and never guessed at: a letter that was read wrongly
// would be stored wrongly.
import { MIMEType } from "node:util";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { problem } from "./problem.js";

/** @throws ProblemError 415 when a body is announced as something else than plain JSON in UTF-8 */
export function checkMediaType({ headers }: FastifyRequest): void {
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (!hasBody) return;
  const charset = charsetOf(headers["content-type"] ?? "");
  if (charset === undefined) throw problem(415, "media_type", "Send `Content-Type: application/json`.");
  if (!/^utf-?8$/i.test(charset)) throw problem(415, "media_type", "Send JSON in UTF-8; no other charset is read.");
  if (!/^(identity)?$/i.test(headers["content-encoding"] ?? ""))
    throw problem(415, "content_encoding", "Send the body as it is, without a Content-Encoding.", {
      headers: { "accept-encoding": "identity" },
    });
}

/** The charset of a JSON media type; undefined for any other type. */
function charsetOf(contentType: string): string | undefined {
  try {
    const { essence, params } = new MIMEType(contentType);
    return essence === "application/json" ? (params.get("charset") ?? "utf-8") : undefined;
  } catch {
    return undefined;
  }
}

/** Reads JSON bodies strictly. No other parser for JSON may be registered. */
export function readJsonBodies(fastify: FastifyInstance): void {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  const parse = fastify.getDefaultJsonParser("error", "error");
  fastify.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    let text: string;
    try {
      text = utf8.decode(body);
    } catch {
      done(problem(400, "bad_text", "The body is not valid UTF-8.", { path: "/body" }));
      return;
    }
    parse(request, text, done);
  });
}
