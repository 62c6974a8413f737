// The environment of a process as a table: validated once at start, all problems at once, values never echoed. The same
// table makes the reference page.
import { z } from "zod";

export interface Variable {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly meaning: string;
  readonly example: string;
}

/** Variables by name, as an app declares them. */
export type VariableTable = Readonly<Record<string, Omit<Variable, "name">>>;

/** What a process gets of its table. */
export type EnvironmentOf<Table extends VariableTable> = {
  readonly [Name in keyof Table]: z.output<Table[Name]["schema"]>;
};

export interface EnvironmentProblem {
  readonly name: string;
  readonly message: string;
}

export type EnvironmentResult<Table extends VariableTable> =
  | { readonly ok: true; readonly environment: EnvironmentOf<Table> }
  | { readonly ok: false; readonly problems: readonly EnvironmentProblem[] };

/** A TCP port; 0 picks a free one. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** A duration with a unit, for example `5s`; milliseconds inside. */
export const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h)$/, "a number with a unit ms, s, m or h")
  .transform((text) => {
    const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
    const [, count = "0", unit = "ms"] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
    return Number(count) * (units[unit as keyof typeof units] ?? 1);
  });

/** The variables of a table, in its order. */
export const variablesOf = (table: VariableTable): readonly Variable[] =>
  Object.entries(table).map(([name, entry]) => ({ name, ...entry }));

/** Reads and checks the environment. An empty variable counts as absent. A problem names variable, fault and an example. */
export function readVariables<const Table extends VariableTable>(
  table: Table,
  source: Readonly<Record<string, string | undefined>>,
): EnvironmentResult<Table> {
  const values: Record<string, unknown> = {};
  const problems: EnvironmentProblem[] = [];
  for (const { name, schema, example } of variablesOf(table)) {
    const raw = source[name] === "" ? undefined : source[name];
    const parsed = schema.safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else {
      const what =
        raw === undefined ? "is missing" : `is not valid (${parsed.error.issues[0]?.message ?? "wrong form"})`;
      problems.push({ name, message: `${name} ${what}; for example ${name}=${example}` });
    }
  }
  return problems.length === 0 ? { ok: true, environment: values as EnvironmentOf<Table> } : { ok: false, problems };
}
