// Takes a protection out of this run's own database, to see that the checks notice (invariant 50). Never a switch of the
// product: the append function of one throw-away database is written anew.
import type { Pool } from "pg";
import { faultKinds, type FaultKind } from "./nemesis/faults.js";

export const sabotages = ["no-version-check", "no-guards"] as const;
export type Sabotage = (typeof sabotages)[number];

/** Faults of a run: with a protection taken out, those that it is there for, so that a short run is sure to need it. */
export const faultsWithout = (sabotage: Sabotage | undefined): readonly FaultKind[] =>
  sabotage === "no-guards" ? ["hold-behind-worker"] : faultKinds;

const edits: Readonly<
  Record<Sabotage, { readonly text: string; readonly instead: string; readonly more: readonly string[] }>
> = {
  "no-version-check": {
    text: "where s.actual <> s.expected",
    instead: "where false",
    // The constraint is the second wall behind the comparison: it goes too, its index stays for the look-ups.
    more: [
      "alter table wedsync.events drop constraint events_stream_version_key",
      "create index events_stream_version_key on wedsync.events (stream, version)",
    ],
  },
  "no-guards": { text: "where h.value is distinct from g.v", instead: "where false", more: [] },
};

/** @throws Error when the append function does not look as expected any more: then nothing would have been taken out */
export async function sabotageDatabase(pool: Pool, sabotage: Sabotage): Promise<void> {
  const { text, instead, more } = edits[sabotage];
  const { rows } = await pool.query<{ definition: string }>(
    "select pg_get_functiondef('wedsync.append_v1'::regproc) as definition",
  );
  const definition = rows[0]?.definition ?? "";
  if (!definition.includes(text))
    throw new Error(`The append function has no \`${text}\`; bring the sabotage ${sabotage} up to date.`);
  await pool.query(definition.replaceAll(text, instead));
  for (const statement of more) await pool.query(statement);
}
