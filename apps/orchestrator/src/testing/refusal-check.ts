// What a refusal has to be, whatever was sent: a problem with a code, nothing written, nothing echoed.
import type { Answer } from "@wedsync/test";
import type { RunningPlatform } from "./running-platform.js";

/** Stands wherever a person's data may stand in what is sent. */
export const canary = "canary-7f3a-Zoë";

/** Sends, and expects a clean refusal that left nothing behind. */
export type Refused = (send: () => Promise<Answer>, statuses: readonly number[], code?: string) => Promise<Answer>;

/** @param platform asked for at each check: it is started after the tests are described */
export function refusalCheck(platform: () => RunningPlatform): Refused {
  const footprint = async (): Promise<string> =>
    JSON.stringify(
      await platform().query(
        // The planner writes by itself, at its own times.
        `select (select count(*) from wedsync.events
                  where type <> 'CommandRefused' and category not in ('season', 'capacity')) as events,
                (select count(*) from wedsync.data_key) as keys, (select count(*) from wedsync.api_key) as api_keys,
                (select count(*) from wedsync.guard) as guards, (select count(*) from wedsync.pending) as pending`,
      ),
    );

  return async (send, statuses, code) => {
    const before = await footprint();
    const answer = await send();
    expect(statuses).toContain(answer.status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.body).toMatchObject({
      status: answer.status,
      code: code ?? expect.stringMatching(/^[a-z_]+$/),
      detail: expect.any(String),
    });
    expect(answer.text).not.toContain(canary);
    expect(await footprint()).toBe(before);
    return answer;
  };
}
