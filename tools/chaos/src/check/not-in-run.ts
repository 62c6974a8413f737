// Invariants that no run of this tool can break, each with the reason: a list without them would look complete.
import { notChecked, type Finding } from "./finding.js";

const noKafka = "this build has no Kafka relay: consumers follow Postgres";
const absent: readonly (readonly [number, string, string])[] = [
  [24, "the provider of an execution does not change without a definite end", "each module type has one provider"],
  [32, "effects keep the recipient's quiet hours", "the module types of the run have no quiet hours"],
  [40, "Kafka holds what Postgres holds", noKafka],
  [41, "the records of a partition follow each other", noKafka],
  [42, "a stream stays in its partition", noKafka],
  [43, "a consumer forgets what a raised log epoch took back", noKafka],
  [44, "an app rebuilt from Kafka equals one rebuilt from Postgres", noKafka],
  [45, "incidents are opened, told and closed in time", "this build has no emergency protocol"],
  [46, "pages have an intent and one key each", "this build pages nobody"],
  [47, "personal data is found nowhere but with the provider", "the run plants no canary"],
  [48, "a vendor reaches only its own rows", "the run asks as an operator only"],
  [50, "the checker is checked", "planted corruptions and --sabotage runs show it, not a run itself"],
];

export const notInRun = (): readonly Finding[] => absent.map(([id, title, why]) => notChecked(id, title, why));
