// Who did something, and what was held, as words. The log knows keys and user ids, never names.
import type { Metadata } from "@wedsync/event-log";
import { parseScope } from "@wedsync/scheduler";

const kinds: Readonly<Record<string, string>> = { key: "key", user: "user", system: "the platform's" };

/** "key 0198f3a0-...", "user 7c1e...", "the platform's dispatcher". */
export function actorText({ actor, onBehalfOf }: Pick<Metadata, "actor" | "onBehalfOf">): string {
  const told = [actor, ...(onBehalfOf === undefined ? [] : [onBehalfOf])].map(nameOf);
  return told.join(", on behalf of ");
}

function nameOf(actor: string): string {
  const at = actor.indexOf(":");
  const kind = kinds[actor.slice(0, at)];
  return kind === undefined ? actor : `${kind} ${actor.slice(at + 1)}`;
}

/** What a scope means: `wedding:lens/w1` is "wedding w1 of vendor lens". */
export function scopeText(text: string): string {
  const scope = parseScope(text);
  if (scope === undefined) return text;
  switch (scope.kind) {
    case "platform":
      return "the whole platform";
    case "wedding":
      return `wedding ${scope.wedding} of vendor ${scope.vendor}`;
    case "tier":
      return `all work of tier ${scope.tier}`;
    default:
      return `${scope.kind} ${scope.id}`;
  }
}
