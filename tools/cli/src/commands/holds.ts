// `hold` and `release`: of several scopes at once, and of single executions that came late. Each has a result of its own.
import { isExecutionId, scopeForms, scopes, scopesOrExecutions } from "../arguments.js";
import type { Client } from "../client.js";
import { clean } from "../output.js";
import type { Register } from "../register.js";
import { ok, type CliError, type Result } from "../result.js";
import type { Output } from "../shell.js";

interface Outcome {
  readonly scope: string;
  readonly done?: "held" | "released" | "was not held";
  readonly error?: CliError;
}

const outcomeOf = (scope: string, done: NonNullable<Outcome["done"]>, answer: Result<unknown>): Outcome =>
  answer.ok ? { scope, done } : { scope, error: answer.error };

/** All that were asked for; a refusal of one leaves the others, a server that is gone ends it. */
const all = async (asked: readonly string[], one: (scope: string) => Promise<Outcome>): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const scope of new Set(asked)) {
    const outcome = await one(scope);
    outcomes.push(outcome);
    const { code } = outcome.error ?? {};
    if (code !== undefined && code !== "refused" && code !== "not_found") break;
  }
  return outcomes;
};

const lineOf = ({ scope, done, error }: Outcome): string => `${clean(scope)}: ${done ?? `failed, ${error?.message}`}`;

const outputOf = (outcomes: readonly Outcome[]): Output => {
  const output = { json: { results: outcomes }, text: outcomes.map(lineOf).join("\n") };
  const failed = outcomes.flatMap(({ error }) => error ?? []);
  const [first] = failed;
  if (first === undefined) return output;
  if (outcomes.length === 1) return { ...output, text: "", error: first };
  const message = `${failed.length} of ${outcomes.length} failed: ${first.message}`;
  return { ...output, error: first.code === "interrupted" ? first : { code: "partly_failed", message } };
};

const release = async (client: Client, asked: readonly string[]): Promise<Result<Output>> => {
  const status = await client.status();
  if (!status.ok) return status;
  const held = new Set((status.value.holds ?? []).map(({ scope }) => scope));
  const outcomes = await all(asked, async (scope) => {
    if (isExecutionId(scope)) return outcomeOf(scope, "released", await client.releaseExecution(scope));
    // Also when nothing was held a moment ago: what counts is that it is not held afterwards.
    return outcomeOf(scope, held.has(scope) ? "released" : "was not held", await client.release(scope));
  });
  const output = outputOf(outcomes);
  if (output.error !== undefined || outcomes.some(({ done }) => done === "released")) return ok(output);
  const present = held.size === 0 ? "Nothing is held." : `Held: ${[...held].map(clean).join(", ")}.`;
  const each = outcomes.map(({ scope }) => `${clean(scope)} was not held`).join(", ");
  return ok({ ...output, error: { code: "not_held", message: `Nothing was released: ${each}. ${present}` } });
};

export const registerHolds: Register = (program, act) => {
  const holding = program
    .command("hold")
    .description("start nothing of a scope until it is released")
    .argument("<scope...>", scopeForms, scopes);
  act(holding, async ({ client, args }) =>
    ok(outputOf(await all(args, async (scope) => outcomeOf(scope, "held", await client.hold(scope))))),
  );

  const releasing = program
    .command("release")
    .description("let held scopes start again, or single executions that are held as late")
    .argument("<scope...>", `${scopeForms}, or an execution id`, scopesOrExecutions);
  act(releasing, async ({ client, args }) => await release(client, args));
};
