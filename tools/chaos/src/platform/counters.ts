// What a process counts about itself, from its Prometheus page: only the counters that say whether the run meant anything.

export type Counters = Readonly<Record<string, number>>;

const wanted =
  /^(wedsync_claims_refused_total\{reason="[a-z_]+"\}|wedsync_attempts_finished_total\{[^}]*\}) ([0-9.]+)$/;

/** Undefined when the process does not answer. */
export async function readCounters(url: string, key: string): Promise<Counters | undefined> {
  try {
    const answer = await fetch(`${url}/metrics`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(500),
    });
    const lines = (await answer.text()).split("\n");
    return Object.fromEntries(
      lines.flatMap((line) => {
        const [, name = "", value = ""] = wanted.exec(line) ?? [];
        return name === "" ? [] : [[name, Number(value)]];
      }),
    );
  } catch {
    return undefined;
  }
}

export function addCounters(left: Counters, right: Counters): Counters {
  const sum: Record<string, number> = { ...left };
  for (const [name, value] of Object.entries(right)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** Claims refused for a reason, over all processes. */
export const refusedClaims = (counters: Counters, reason: string): number =>
  counters[`wedsync_claims_refused_total{reason="${reason}"}`] ?? 0;
