// Holds that kept the work back: what was held, by whom, and what is held still.
import type { Tier, Work } from "@wedsync/contracts/scheduler";
import { scopesOf } from "@wedsync/scheduler";
import { actorText, scopeText } from "../text/actor.js";
import { local } from "../text/plain.js";
import { reasonText } from "../text/reasons.js";
import type { Facts } from "./facts.js";
import type { Point } from "./point.js";

/** What happened to the scopes of the work. */
export function holdsPoint(holds: Facts["holds"], work: Work): Point {
  const sentences = holds.map(({ at, scope, held, cause, actor }) => {
    const when = local(at, work.zone);
    const who = actorText({ actor });
    if (!held) return `${when}: ${scopeText(scope)} was released by ${who}.`;
    const why = cause === "requested" ? "" : `, because ${reasonText(cause, work.zone)}`;
    return `${when}: ${scopeText(scope)} was held by ${who}${why}; nothing in it starts.`;
  });
  return { topic: "Holds", sentences };
}

/** The holds that nothing has released since. */
export function stillHeld(holds: Facts["holds"]): Facts["holds"] {
  const held = new Map<string, Facts["holds"][number]>();
  for (const hold of holds) {
    if (hold.held) held.set(hold.scope, hold);
    else held.delete(hold.scope);
  }
  return [...held.values()];
}

/** Scopes of the work that are held at the end of the facts. */
export function heldScopes(facts: Facts, work: Work, tier: Tier): readonly string[] {
  const held = new Set(stillHeld(facts.holds).map(({ scope }) => scope));
  return [...scopesOf(work), `tier:${tier}`].filter((scope) => held.has(scope));
}
