// Under which market of the season policy a vendor's market is planned.
import type { SeasonPolicy } from "@wedsync/season-policy";

/** Markets that no profile names are planned together. */
export const restOfTheWorld = "default";

/** The market of the policy under which a vendor's market is planned; undefined when the policy has no place for it. */
export function plannedAs(policy: SeasonPolicy, market: string): string | undefined {
  if (Object.hasOwn(policy.markets, market)) return market;
  return Object.hasOwn(policy.markets, restOfTheWorld) ? restOfTheWorld : undefined;
}
