// The platform's API as a patient client sees it: any of several addresses, again and again until there is an answer.
import type { Fleet, Role } from "../platform/fleet.js";
import type { Random } from "../random.js";
import { sleep } from "../wait.js";

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Client {
  /**
   * Repeats the same request until it is answered with 2xx or 4xx.
   * @throws Error when the signal aborts first, {@link Unanswered} when nothing but failures came for {@link patienceMs}
   */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** How long a client goes on asking, milliseconds: far longer than any fault lasts. */
export const patienceMs = 90_000;

/** A platform that never gave an answer: itself a finding, and no reason to wait for ever. */
export class Unanswered extends Error {}

/** @param role whose API is asked */
export function createClient(
  fleet: Fleet,
  key: string,
  random: Random,
  signal: AbortSignal,
  role: Extract<Role, "api" | "aggregator"> = "api",
): Client {
  const once = async (
    url: string,
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer | undefined> => {
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A stopped process keeps a connection open and says nothing.
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? {} : (JSON.parse(text) as Answer["body"]) };
    } catch {
      return undefined;
    }
  };
  return {
    call: async (method, path, body, headers = {}) => {
      const until = performance.now() + patienceMs;
      for (;;) {
        if (signal.aborted) throw new Error("The run was stopped.");
        const open = fleet.members.filter((member) => member.role === role && member.url !== undefined);
        const url = open.length === 0 ? undefined : random.pick(open).url;
        const answer = url === undefined ? undefined : await once(url, method, path, body, headers);
        if (answer !== undefined && answer.status < 500 && answer.status !== 429) return answer;
        if (performance.now() > until)
          throw new Unanswered(`${method} ${path}: ${answer === undefined ? "no answer" : String(answer.status)}`);
        await sleep(random.int(50, 250), signal);
      }
    },
  };
}
