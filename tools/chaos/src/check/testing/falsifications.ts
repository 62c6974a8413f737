// Copies of a run's evidence with one thing wrong in each: what a check that means anything has to notice.
import type { Falsification } from "./edit.js";
import { attemptFalsifications } from "./falsify-attempts.js";
import { logFalsifications } from "./falsify-log.js";
import { policyFalsifications } from "./falsify-policy.js";
import { stateFalsifications } from "./falsify-state.js";

export const falsifications: readonly Falsification[] = [
  ...logFalsifications,
  ...attemptFalsifications,
  ...policyFalsifications,
  ...stateFalsifications,
];
