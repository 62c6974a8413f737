// What differs in a decision or a start, as a sentence.
import type { Difference } from "@wedsync/scheduler";
import { clean } from "../text/plain.js";

const subjects: Readonly<Record<Difference["code"], string>> = {
  position_gap: "The log has a gap",
  event_unreadable: "The event cannot be read",
  choice_differs: "The decision chose something else than its inputs give",
  tier_differs: "The decision names another tier than the rules give",
  reason_differs: "The decision names another reason than the rules give",
  due_differs: "The decision counts other due work than the log holds",
  policy_differs: "The decision names another policy than was in force",
  inputs_impossible: "The decision's inputs cannot be true",
  start_without_decision: "No decision stands behind this start",
  start_without_work: "Nothing was waiting that could start here",
  start_differs: "The start says something else than its work gives",
};

export const differenceText = ({ code, position, field, recorded, recomputed }: Difference): string =>
  clean(`Position ${position}: ${subjects[code]}: ${field} is ${recorded}, recomputed ${recomputed}.`);
