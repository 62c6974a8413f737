// What the API answers, as far as the command line reads it. Unknown fields are kept, so that `--json` passes on what a
// newer server says; a missing field that is needed here means "this is not the server you think it is".
import { z } from "zod";

export const problemSchema = z.looseObject({
  status: z.number().optional(),
  code: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  path: z.string().optional(),
});

export const statusSchema = z.looseObject({
  now: z.union([z.string(), z.number()]),
  executions: z.record(z.string(), z.number()),
  dueToday: z.number().optional(),
  attention: z.record(z.string(), z.number()).optional(),
  holds: z.array(z.looseObject({ scope: z.string() })).optional(),
  workers: z.array(z.unknown()).optional(),
});
export type Status = z.infer<typeof statusSchema>;

const reasons = z.array(z.looseObject({ code: z.string() }));
export const scalingSchema = z.looseObject({
  now: z.string(),
  mode: z.string(),
  wantedSlots: z.number(),
  plannedSlots: z.number(),
  presentSlots: z.number(),
  reasons,
  backlog: z.looseObject({ count: z.number(), oldestAgeMs: z.number() }),
  markets: z.array(
    z.looseObject({
      market: z.string(),
      plan: z.looseObject({ steps: z.array(z.looseObject({ at: z.string(), slots: z.number(), reasons })) }),
    }),
  ),
});
export type Scaling = z.infer<typeof scalingSchema>;

export const seasonPolicySchema = z.looseObject({
  name: z.string(),
  version: z.number(),
  markets: z.record(
    z.string(),
    z.looseObject({ zone: z.string(), floor: z.number(), cap: z.number(), covers: z.looseObject({ to: z.string() }) }),
  ),
});
export type SeasonPolicy = z.infer<typeof seasonPolicySchema>;

export const seasonChangeSchema = z.looseObject({
  version: z.number(),
  changed: z.boolean(),
  touched: z.array(z.string()),
  gaps: z.array(z.looseObject({ period: z.string(), year: z.number() })),
});

export const executionSchema = z.looseObject({
  executionId: z.string(),
  status: z.string(),
  tier: z.string().optional(),
  dueAt: z.union([z.string(), z.number()]).optional(),
  moduleType: z.string().optional(),
  vendorId: z.string().optional(),
  weddingId: z.string().optional(),
  attempts: z.number().optional(),
});
export type Execution = z.infer<typeof executionSchema>;

export const executionPageSchema = z.looseObject({
  items: z.array(executionSchema),
  nextCursor: z.string().nullish(),
});

export const historySchema = z.looseObject({ items: z.array(z.record(z.string(), z.unknown())) });
export type History = z.infer<typeof historySchema>;

export const bulkWeddingsSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      weddingId: z.string(),
      status: z.enum(["created", "changed", "unchanged", "cancelled", "refused"]),
      executions: z
        .looseObject({ accepted: z.number(), skipped: z.number(), unchanged: z.number() })
        .partial()
        .optional(),
      problem: problemSchema.optional(),
    }),
  ),
});
export type BulkWeddings = z.infer<typeof bulkWeddingsSchema>;

export const readModelsSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      name: z.string(),
      generations: z.array(
        z.looseObject({
          generation: z.number(),
          status: z.string(),
          state: z.string(),
          position: z.string(),
          eventsBehind: z.number(),
          millisecondsBehind: z.number(),
          parkedStreams: z.number(),
          aheadOfLog: z.boolean().optional(),
        }),
      ),
    }),
  ),
});
export type ReadModels = z.infer<typeof readModelsSchema>;
export const begunSchema = z.looseObject({ name: z.string(), generation: z.number(), status: z.string() });

export const keyListSchema = z.looseObject({ items: z.array(z.looseObject({})) });
export const anyObject = z.looseObject({});
/** For answers that are shown, not read: any JSON, or nothing at all (204). */
export const anything = z.unknown();
