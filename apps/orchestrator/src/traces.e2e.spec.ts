// Traces: what a request caused can be followed to the provider, in the events as well as in a collector.
import { until } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";
import { book, emailPayload, requestEmail } from "./testing/sample.js";
import { startTraceCollector, type TraceCollector } from "./testing/trace-collector.js";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const parentId = "b7ad6b7169203331";

describe("traces", () => {
  let collector: TraceCollector;
  let platform: RunningPlatform;
  beforeAll(async () => {
    collector = await startTraceCollector();
    platform = await startTestPlatform({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    await book(platform.api, "v", "w");
  });
  afterAll(async () => {
    await platform.stop();
    await collector.close();
  });

  it("LOG-1 AGG-2: one trace leads from the caller over the command and its event to the effect", async () => {
    const accepted = await platform.api.call<{ executionId: string }>(
      "POST",
      "/v1/vendors/v/executions",
      { weddingId: "w", moduleType: "email", payload: emailPayload("Traced") },
      { "idempotency-key": "traced", traceparent: `00-${traceId}-${parentId}-01` },
    );
    const { executionId } = accepted.body;
    const spans = await until(
      async () => collector.spans.filter((span) => span.traceId === traceId),
      (found) => found.length >= 2,
    );
    const command = spans.find((span) => span.name === "POST /v1/vendors/:vendorId/executions");
    const effect = spans.find((span) => span.name === "effect email");
    expect(command).toMatchObject({
      parentSpanId: parentId,
      attributes: { "wedsync.command": "request_execution", "http.response.status_code": 202 },
    });
    expect(effect).toMatchObject({
      parentSpanId: command?.spanId,
      attributes: { "wedsync.execution": executionId, "wedsync.attempt": 1, "wedsync.outcome": "accepted" },
    });
    const [row] = await platform.query<{ traceparent: string }>(
      "select meta->>'traceparent' as traceparent from wedsync.events where stream = $1 and version = 1",
      [executionId],
    );
    expect(row?.traceparent).toBe(`00-${traceId}-${command?.spanId}-01`);
    expect(collector.text()).not.toMatch(/anna|traced/i);
  });

  it("LOG-1: a request without a trace begins one, and a header that is none is not taken over", async () => {
    const accepted = await platform.api.call<{ executionId: string }>(
      "POST",
      "/v1/vendors/v/executions",
      { weddingId: "w", moduleType: "email", payload: emailPayload() },
      { "idempotency-key": "untraced", traceparent: "nonsense" },
    );
    const [row] = await platform.query<{ traceparent: string }>(
      "select meta->>'traceparent' as traceparent from wedsync.events where stream = $1 and version = 1",
      [accepted.body.executionId],
    );
    expect(row?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it("AGG-2: a refused command is a span that names the code of its problem", async () => {
    await requestEmail(platform.api, "v", "nobody", "refused");
    const refused = await until(
      async () => collector.spans.find((span) => span.attributes["error.type"] !== undefined),
      (found) => found !== undefined,
    );
    expect(refused?.attributes).toMatchObject({ "wedsync.command": "request_execution" });
  });
});
