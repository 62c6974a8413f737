// A season policy of one market for specs.
import { policyEvents } from "@wedsync/contracts/season-policy";
import type { SeasonPolicy } from "@wedsync/season-policy";

/** The contract's own example: peak from May to September. */
export const exampleSeason = (version: number): SeasonPolicy => ({ ...policyEvents[0].example.policy, version });
