// The API as typed functions, one a route. Must not be here: retries and error mapping (transport.ts), printing.
import {
  anyObject,
  anything,
  bulkWeddingsSchema,
  executionPageSchema,
  executionSchema,
  historySchema,
  keyListSchema,
  scalingSchema,
  seasonChangeSchema,
  seasonPolicySchema,
  statusSchema,
} from "./answers.js";
import { exchange, type TransportOptions } from "./transport.js";

export interface VendorBody {
  readonly name: string;
  readonly type: string;
  readonly market: string;
  readonly timeZone: string;
}

export interface WeddingItem {
  readonly weddingId: string;
  readonly date: string;
  readonly timeZone?: string;
  readonly bookedOn?: string;
  readonly couple: { readonly names: string; readonly email: string };
  readonly journeyId?: string;
  readonly cancelled?: true;
  readonly cancelledOn?: string;
}

export interface ExecutionFilter {
  readonly vendor?: string | undefined;
  readonly status?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface KeyRequest {
  readonly role: string;
  readonly vendorId?: string | undefined;
}

export type Settlement = "delivered" | "not-delivered" | "retry";

const part = encodeURIComponent;

const query = (values: Readonly<Record<string, string | number | undefined>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
};

/**
 * The typed client of the orchestrator's HTTP API. Every function resolves to a Result and never throws.
 * Commands that would act twice when sent twice (settle, redrive, issue a key) are not repeated after a lost answer.
 */
export const createClient = (options: TransportOptions) => {
  const get = <S extends Parameters<typeof exchange>[0]["answer"]>(path: string, answer: S) =>
    exchange({ method: "GET", path, answer, repeatable: true }, options);
  const post = <S extends Parameters<typeof exchange>[0]["answer"]>(
    path: string,
    body: unknown,
    answer: S,
    repeatable: boolean,
  ) => exchange({ method: "POST", path, body, answer, repeatable }, options);
  return {
    status: () => get("/v1/status", statusSchema),
    scaling: () => get("/v1/scaling", scalingSchema),
    seasonPolicy: () => get("/v1/season-policy", seasonPolicySchema),
    putSeasonProfile: (market: string, profile: object, dryRun: boolean) =>
      exchange(
        {
          method: "PUT",
          path: `/v1/season-policy/markets/${part(market)}${dryRun ? "?dryRun=true" : ""}`,
          body: profile,
          answer: seasonChangeSchema,
          repeatable: true,
        },
        options,
      ),
    vendor: (vendorId: string) => get(`/v1/vendors/${part(vendorId)}`, anyObject),
    putVendor: (vendorId: string, body: VendorBody) =>
      exchange(
        { method: "PUT", path: `/v1/vendors/${part(vendorId)}`, body, answer: anything, repeatable: true },
        options,
      ),
    journey: (vendorId: string, journeyId: string) =>
      get(`/v1/vendors/${part(vendorId)}/journeys/${part(journeyId)}`, anyObject),
    bulkWeddings: (vendorId: string, items: readonly WeddingItem[]) =>
      post(`/v1/vendors/${part(vendorId)}/weddings/bulk`, { items }, bulkWeddingsSchema, true),
    executions: (filter: ExecutionFilter) => get(`/v1/executions${query({ ...filter })}`, executionPageSchema),
    execution: (id: string) => get(`/v1/executions/${part(id)}`, executionSchema),
    history: (id: string) => get(`/v1/executions/${part(id)}/history`, historySchema),
    cancel: (id: string) => post(`/v1/executions/${part(id)}/cancel`, {}, anything, true),
    redrive: (id: string) => post(`/v1/executions/${part(id)}/redrive`, {}, anything, false),
    settle: (id: string, outcome: Settlement, evidence: string) =>
      post(`/v1/executions/${part(id)}/settle`, { outcome, evidence }, anything, false),
    hold: (scope: string) => post("/v1/hold", { scope }, anything, true),
    releaseExecution: (id: string) => post(`/v1/executions/${part(id)}/release`, {}, anything, true),
    release: (scope: string) => post("/v1/release", { scope }, anything, true),
    issueKey: (body: KeyRequest) => post("/v1/keys", body, anyObject, false),
    keys: () => get("/v1/keys", keyListSchema),
    revokeKey: (id: string) =>
      exchange({ method: "DELETE", path: `/v1/keys/${part(id)}`, answer: anything, repeatable: true }, options),
  };
};

export type Client = ReturnType<typeof createClient>;
