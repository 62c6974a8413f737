// A span for every request but the health checks, from its first hook to its last byte.
import { SpanKind, SpanStatusCode, type Span, type Tracer } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { contextOf, traceparentOf } from "./tracing.js";

/** Registers the hooks. Must run before the hooks that admit requests, so that refused ones are seen as well. */
export function traceRequests(fastify: FastifyInstance, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  fastify.addHook("onRequest", async (request) => {
    const route = request.routeOptions.url;
    if (route?.startsWith("/health/") === true) return;
    const span = tracer.startSpan(
      `${request.method} ${route ?? "(no route)"}`,
      {
        kind: SpanKind.SERVER,
        attributes: { "http.request.method": request.method, ...(route === undefined ? {} : { "http.route": route }) },
      },
      contextOf(request.headers),
    );
    spans.set(request, span);
    // From here on this span is the parent: the events of the request carry it.
    const header = traceparentOf(span);
    if (header !== undefined) request.headers["traceparent"] = header;
  });
  fastify.addHook("onResponse", async (request, reply) => {
    const span = spans.get(request);
    if (span === undefined) return;
    const { endpoint, context } = request.wedsync ?? {};
    span.setAttribute("http.response.status_code", reply.statusCode);
    if (endpoint?.command !== undefined) span.setAttribute("wedsync.command", endpoint.command);
    if (context !== undefined) span.setAttribute("wedsync.correlation_id", context.correlationId);
    if (request.refusedWith !== undefined) span.setAttribute("error.type", request.refusedWith);
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
}
