// The aggregator's API as typed functions, one a route. Must not be here: retries and error mapping (transport.ts), printing.
import { begunSchema, readModelsSchema } from "./answers.js";
import { exchange, type TransportOptions } from "./transport.js";

/** The typed client of the metrics aggregator. A rebuild is not repeated after a lost answer: the first may have begun. */
export const createMetricsClient = (options: TransportOptions) => {
  const base = (name: string): string => `/v1/read-models/${encodeURIComponent(name)}`;
  return {
    readModels: () =>
      exchange({ method: "GET", path: "/v1/read-models", answer: readModelsSchema, repeatable: true }, options),
    rebuild: (name: string) =>
      exchange({ method: "POST", path: `${base(name)}/rebuild`, answer: begunSchema, repeatable: false }, options),
    drop: (name: string, generation: number) =>
      exchange(
        { method: "DELETE", path: `${base(name)}/generations/${generation}`, answer: begunSchema, repeatable: false },
        options,
      ),
  };
};

export type MetricsClient = ReturnType<typeof createMetricsClient>;
