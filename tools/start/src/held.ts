// What does not start by itself now: scopes that are held, for example after an outage, and executions held one by one.

export interface Held {
  /** Executions that wait for a person. */
  readonly executions: number;
  /** Of them, those that are late and held each by itself. */
  readonly single: number;
  readonly scopes: readonly string[];
}

interface Status {
  readonly attention?: { readonly held?: number };
  readonly holds?: readonly { readonly scope: string }[];
  readonly executions?: { readonly waiting?: number };
}

/** Asks the running platform. */
export async function heldNow(apiUrl: string, key: string): Promise<Held> {
  const answer = await fetch(`${apiUrl}/v1/status`, { headers: { authorization: `Bearer ${key}` } });
  const { attention, holds = [], executions } = (await answer.json()) as Status;
  const single = attention?.held ?? 0;
  const waiting = holds.length > 0 ? (executions?.waiting ?? 0) : 0;
  return { executions: single + waiting, single, scopes: holds.map(({ scope }) => scope) };
}
