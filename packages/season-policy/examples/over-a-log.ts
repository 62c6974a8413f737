// The season policy over an event log: activate, plan, ask, and follow. The log here is in memory; any other behind the port does.
import { createMemoryLog } from "@wedsync/event-log";
import { createSeasonPolicy, defaultProfile, resolvePolicy } from "@wedsync/season-policy";

const hour = 3_600_000;
const now = 1_813_273_200_000; // Friday 2027-06-18, 00:00 in London
const clock = { now: () => now };
let given = 0;
const idOf = (kind: string, number: number): string =>
  `00000000-0000-${kind}000-8000-${String(number).padStart(12, "0")}`;
const streams = new Map<string, number>();
const ids = {
  event: () => idOf("7", (given += 1)),
  stream: (...names: readonly string[]) => {
    const name = names.join("/");
    if (!streams.has(name)) streams.set(name, streams.size + 1);
    return idOf("5", streams.get(name) ?? 0);
  },
};
const meta = { source: "/example", correlationId: "example", actor: "system:example", region: "local" };

/** Runs the example on a log of its own. */
export async function runOverLog(): Promise<readonly string[]> {
  const log = createMemoryLog({ clock });
  const made = resolvePolicy({
    name: "default",
    version: 1,
    markets: { london: { ...defaultProfile, zone: "Europe/London" } },
    years: { from: 2027, to: 2027 },
  });
  if (!made.ok) throw new Error("The default profile is valid.");

  const seasons = createSeasonPolicy({ log, clock, ids });
  const activated = await seasons.activate(made.policy, meta);
  const planned = await seasons.plan(
    {
      market: "london",
      zone: "Europe/London",
      from: now,
      to: now + 48 * hour,
      hourlyLoad: [{ at: now + 33 * hour, expected: 2_500, lower: 2_000, upper: 3_000 }],
      serviceRatePerSlot: 0.1,
      current: 2,
      floor: 2,
      cap: 40,
      mode: "active",
    },
    meta,
  );
  const wanted = seasons.wanted("london", { backlog: { count: 100, oldestAgeMs: 90_000 }, arrivalRate: 0.1 });

  // Another process follows the log and knows the same.
  const follower = createSeasonPolicy({ log, clock, ids });
  for (const event of await log.read({ after: 0n, limit: 100 })) follower.apply(event);

  if (!activated.ok || !planned.ok) throw new Error("Nothing was refused.");
  return [
    `touched: ${activated.value.touched.join(", ")}`,
    `planned: ${Math.max(...planned.value.steps.map(({ slots }) => slots))} slots at most`,
    `wanted with a backlog: ${wanted?.slots}`,
    `known to a follower: ${follower.currentPlan("london")?.from === now}`,
  ];
}
