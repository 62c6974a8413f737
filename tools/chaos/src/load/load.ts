// The clients of a run: they ask for what was planned, spread over time, and keep a ledger of every answer they got.
import { appendFileSync } from "node:fs";
import type { AcceptedRow } from "../evidence/rows.js";
import { sleep } from "../wait.js";
import { Unanswered, type Answer, type Client } from "./client.js";
import { bodyDigest, type Request, type Step } from "./plan.js";
import { weddingBody } from "./season.js";

export interface LoadOptions {
  readonly client: Client;
  readonly steps: readonly Step[];
  readonly ledgerFile: string;
  /** Over which the steps are spread, milliseconds. */
  readonly durationMs: number;
  readonly clients: number;
  readonly onStep?: (done: number) => void;
  readonly signal: AbortSignal;
}

export class Load {
  readonly #options: LoadOptions;
  readonly #executions = new Map<string, string>();
  readonly #bodies = new Map<Request, object>();
  readonly #holds = new Set<string>();
  readonly #releases = new Set<Promise<void>>();
  /** Executions known so far, for those who look at them meanwhile. */
  readonly known: string[] = [];
  /** What was asked for in vain. */
  readonly unanswered: string[] = [];

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  /** Resolves when every step was answered, or given up, and every hold released. */
  async run(): Promise<void> {
    const { steps, durationMs, clients, signal } = this.#options;
    const began = performance.now();
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < steps.length && !signal.aborted) {
        const index = next;
        next += 1;
        const step = steps[index];
        if (step === undefined) return;
        await sleep(began + (durationMs * index) / steps.length - performance.now(), signal);
        await this.#give(this.#take(step));
        this.#options.onStep?.(index + 1);
      }
    };
    await Promise.all(Array.from({ length: clients }, work));
    await Promise.all(this.#releases);
  }

  async #give(request: Promise<void>): Promise<void> {
    await request.catch((error: unknown) => {
      if (!(error instanceof Unanswered)) throw error;
      this.unanswered.push(error.message);
    });
  }

  async #take(step: Step): Promise<void> {
    const { client, signal } = this.#options;
    switch (step.kind) {
      case "single":
        return await this.#single(step.request);
      case "bulk":
        return await this.#bulk(step.vendor, step.requests);
      case "cancel": {
        const id = this.#executions.get(`${step.request.vendor}/${step.request.key}`);
        if (id !== undefined) await client.call("POST", `/v1/executions/${id}/cancel`);
        return;
      }
      case "move": {
        const { vendor, wedding } = step.wedding;
        const body = weddingBody(step.wedding, step.inDays, Date.now());
        await client.call("PUT", `/v1/vendors/${vendor}/weddings/${wedding}`, body);
        return;
      }
      case "cancel-wedding": {
        const { vendor, wedding } = step.wedding;
        await client.call("POST", `/v1/vendors/${vendor}/weddings/${wedding}/cancel`);
        return;
      }
      case "hold": {
        if (this.#holds.has(step.scope)) return;
        this.#holds.add(step.scope);
        await client.call("POST", "/v1/hold", { scope: step.scope });
        const release = this.#give(
          sleep(step.forMs, signal).then(
            async () => void (await client.call("POST", "/v1/release", { scope: step.scope })),
          ),
        ).finally(() => {
          this.#holds.delete(step.scope);
          this.#releases.delete(release);
        });
        this.#releases.add(release);
        // Looked at when all steps are done; a run that is stopped before fails by its steps.
        release.catch(() => undefined);
      }
    }
  }

  async #single(request: Request): Promise<void> {
    const { client } = this.#options;
    const path = `/v1/vendors/${request.vendor}/executions`;
    const answer = await client.call("POST", path, this.#bodyOf(request), { "idempotency-key": request.key });
    const { executionId, code, correlationId } = answer.body;
    this.#keep(request, "single", answer.status, { executionId, code, correlationId });
  }

  async #bulk(vendor: string, requests: readonly Request[]): Promise<void> {
    const { client } = this.#options;
    const items = requests.map((request) => ({ idempotencyKey: request.key, ...this.#bodyOf(request) }));
    const answer = await client.call("POST", `/v1/vendors/${vendor}/executions/bulk`, { items });
    for (const [index, result] of resultsOf(answer).entries()) {
      const request = requests[index];
      if (request === undefined) continue;
      const { execution, problem, repeated } = result;
      const status = execution === undefined ? 409 : repeated === true ? 200 : 202;
      this.#keep(request, "bulk", status, { executionId: execution?.executionId, code: problem?.code });
    }
  }

  /** A request is sent with the same body every time, also when its instant was drawn at the first. */
  #bodyOf(request: Request): object {
    const known = this.#bodies.get(request);
    if (known !== undefined) return known;
    const { wedding: weddingId, moduleType, payload } = request;
    const body = { weddingId, moduleType, payload, ...whenOf(request) };
    this.#bodies.set(request, body);
    return body;
  }

  #keep(
    request: Request,
    via: AcceptedRow["via"],
    status: number,
    { executionId, code, correlationId }: { executionId?: unknown; code?: unknown; correlationId?: unknown },
  ): void {
    const { vendor, key } = request;
    const row: AcceptedRow = {
      at: Date.now(),
      via,
      vendor,
      key,
      status,
      body: bodyDigest(request),
      ...(typeof executionId === "string" ? { executionId } : {}),
      ...(typeof code === "string" ? { code } : {}),
      ...(typeof correlationId === "string" ? { correlationId } : {}),
    };
    // On disk before anything else happens: what a client believes to be accepted is always here.
    appendFileSync(this.#options.ledgerFile, `${JSON.stringify(row)}\n`);
    if (typeof executionId !== "string" || this.#executions.has(`${vendor}/${key}`)) return;
    this.#executions.set(`${vendor}/${key}`, executionId);
    this.known.push(executionId);
  }
}

function whenOf({ day, inSeconds }: Request): { readonly when?: object } {
  if (day !== undefined) return { when: { day, time: "09:00" } };
  return inSeconds === undefined ? {} : { when: { at: new Date(Date.now() + inSeconds * 1_000).toISOString() } };
}

interface BulkResult {
  readonly repeated?: boolean;
  readonly execution?: { readonly executionId: string };
  readonly problem?: { readonly code: string };
}

const resultsOf = ({ body }: Answer): readonly BulkResult[] => (body["results"] ?? []) as readonly BulkResult[];
