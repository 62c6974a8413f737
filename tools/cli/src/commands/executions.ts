// Reading executions: a page of them, one with its history, and those in doubt.
import { InvalidArgumentError } from "commander";
import { cursor, executionId, id as vendorId, statusOption } from "../arguments.js";
import type { Execution, History } from "../answers.js";
import type { Client, ExecutionFilter } from "../client.js";
import { clean, instant, table } from "../output.js";
import type { Register } from "../register.js";
import { ok, type Result } from "../result.js";

const header = ["execution", "status", "tier", "due", "module", "vendor", "wedding", "attempts"];

export const executionsText = (items: readonly Execution[]): string => {
  if (items.length === 0) return "none";
  const rows = items.map((item) => [
    item.executionId,
    item.status,
    item.tier,
    instant(item.dueAt),
    item.moduleType,
    item.vendorId,
    item.weddingId,
    item.attempts ?? 0,
  ]);
  return table(header, rows);
};

const historyText = (history: History): string =>
  table(
    ["position", "time", "event", "version", "actor"],
    history.items.map((event) => [
      event["position"],
      event["time"],
      event["type"],
      event["streamversion"],
      event["actor"],
    ]),
  );

/** Every execution of a filter, page after page; a cursor that does not move ends it. */
export async function* allExecutions(
  client: Client,
  filter: ExecutionFilter,
): AsyncGenerator<Result<readonly Execution[]>> {
  let cursor = filter.cursor;
  for (;;) {
    const page = await client.executions({ ...filter, cursor });
    if (!page.ok) {
      yield page;
      return;
    }
    yield ok(page.value.items);
    const next = page.value.nextCursor ?? undefined;
    if (next === undefined || next === cursor) return;
    cursor = next;
  }
}

const wholeNumber = (text: string): number => {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1 && number <= 1_000) return number;
  throw new InvalidArgumentError("It is a whole number from 1 to 1000.");
};

export const registerExecutions: Register = (program, act) => {
  const list = program
    .command("executions")
    .description("list executions, a page at a time")
    .option("--vendor <id>", "of this vendor", vendorId)
    .addOption(statusOption("in this state"))
    .option("--limit <number>", "how many at most", wholeNumber, 50)
    .option("--cursor <cursor>", "go on where the last page ended", cursor);
  act<{ vendor?: string; status?: string; limit: number; cursor?: string }>(list, async ({ client, options }) => {
    const { vendor, status, limit } = options;
    const page = await client.executions({ vendor, status, limit, cursor: options.cursor });
    if (!page.ok) return page;
    const next = page.value.nextCursor ?? undefined;
    const more = next === undefined ? "" : `\nmore: --cursor ${clean(next)}`;
    return ok({ json: page.value, text: `${executionsText(page.value.items)}${more}` });
  });

  const one = program
    .command("execution")
    .description("one execution and its history")
    .argument("<id>", "execution id", executionId);
  act(one, async ({ client, args }) => {
    const id = args[0] ?? "";
    const state = await client.execution(id);
    if (!state.ok) return state;
    const history = await client.history(id);
    if (!history.ok) return history;
    const text = `${executionsText([state.value])}\n\n${historyText(history.value)}`;
    return ok({ json: { execution: state.value, history: history.value.items }, text });
  });

  const doubts = program
    .command("doubts")
    .description("executions of which nobody knows whether they arrived: settle each")
    .option("--vendor <id>", "of this vendor", vendorId);
  act<{ vendor?: string }>(doubts, async ({ client, options }) => {
    const items: Execution[] = [];
    for await (const page of allExecutions(client, { vendor: options.vendor, status: "uncertain", limit: 500 })) {
      if (!page.ok) return page;
      items.push(...page.value);
    }
    const hint =
      "\n\nto settle one: npx pnpm@12 wedsync settle ID --outcome delivered --evidence 'seen in the mail log'";
    return ok({ json: { items }, text: items.length === 0 ? "none" : executionsText(items) + hint });
  });
};
