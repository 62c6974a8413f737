// What a person may write as an argument or an option's value: checked before anything is sent, so that a slip is wrong usage
// (exit 2) with a line about the command line, and not a server's refusal. Must not be here: what only the server knows.
import { parseScope } from "@wedsync/scheduler";
import { InvalidArgumentError, Option } from "commander";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A parser for commander that refuses what does not fit; `rule` is the sentence a person reads then. */
const only =
  (fits: (text: string) => boolean, rule: string) =>
  (text: string): string => {
    if (!fits(text)) throw new InvalidArgumentError(rule);
    return text;
  };

/** For arguments that may be given several times. */
const each =
  (parse: (text: string) => string) =>
  (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), parse(text)];

/** Ids of vendors, journeys and markets. */
export const id = only(
  (text) => /^[A-Za-z0-9._-]{1,128}$/.test(text),
  "An id is 1 to 128 characters of A-Z a-z 0-9 . _ -",
);

export const modelName = only(
  (text) => /^[a-z][a-z0-9_]{0,40}$/.test(text),
  "A read model's name is lower-case letters, digits and underscores, as `wedsync read-models list` shows it.",
);

export const isExecutionId = (text: string): boolean => uuid.test(text);

export const executionId = only(
  isExecutionId,
  "An execution id is a UUID in lower case, as `wedsync executions` lists it.",
);
export const keyId = only(
  (text) => uuid.test(text),
  "A key id is a UUID in lower case, as `wedsync keys list` names it.",
);
export const cursor = only((text) => uuid.test(text), "A cursor is what the page before named after `more`.");

export const scopeForms = "platform, vendor:V, wedding:V/W, module:M, market:M or tier:T";
const tiers = "tiers are critical, high, normal and low";

export const scopes = each(only((text) => parseScope(text) !== undefined, `A scope is ${scopeForms}; ${tiers}.`));
export const scopesOrExecutions = each(
  only(
    (text) => parseScope(text) !== undefined || isExecutionId(text),
    `It is a scope (${scopeForms}; ${tiers}) or the id of a held execution.`,
  ),
);

const statuses = ["scheduled", "waiting", "running", "succeeded", "dead", "uncertain", "held", "skipped", "cancelled"];

/** `--status`, one of the states an execution can be in. */
export const statusOption = (description: string, choices: readonly string[] = statuses): Option =>
  new Option("--status <status>", description).choices(choices);
