// Acting on executions: cancel, settle, and redrive of one or of all that match.
import { Option } from "commander";
import { executionId, id as vendorId, statusOption } from "../arguments.js";
import type { Settlement } from "../client.js";
import type { Register } from "../register.js";
import { fail, ok, type Result } from "../result.js";
import type { Output, Session } from "../shell.js";
import { allExecutions } from "./executions.js";

const longestEvidence = 2_000;

const done = (id: string, what: string) => ok({ json: { executionId: id, done: what }, text: `${id}: ${what}` });

interface RedriveFlags {
  readonly vendor?: string;
  readonly status?: string;
}

const redriveMany = async ({ client, options, shell }: Session<RedriveFlags>): Promise<Result<Output>> => {
  const redriven: string[] = [];
  const refused: { executionId: string; code: string; message: string }[] = [];
  const filter = { vendor: options.vendor, status: options.status ?? "dead", limit: 200 };
  for await (const page of allExecutions(client, filter)) {
    if (!page.ok) return page;
    for (const { executionId } of page.value) {
      const answer = await client.redrive(executionId);
      if (answer.ok) redriven.push(executionId);
      else if (answer.error.code === "refused" || answer.error.code === "not_found") {
        const code = answer.error.problemCode ?? answer.error.code;
        refused.push({ executionId, code, message: answer.error.message });
        shell.stderr.write(`${executionId}: ${answer.error.message}\n`);
      } else {
        return ok({ json: { redriven, refused }, text: `${redriven.length} redriven`, error: answer.error });
      }
    }
  }
  const output = { json: { redriven, refused }, text: `${redriven.length} redriven, ${refused.length} refused` };
  if (refused.length === 0) return ok(output);
  return ok({ ...output, error: { code: "partly_failed", message: `${refused.length} could not be redriven.` } });
};

export const registerActs: Register = (program, act) => {
  const cancel = program
    .command("cancel")
    .description("cancel an execution")
    .argument("<id>", "execution id", executionId);
  act(cancel, async ({ client, args: [id = ""] }) => {
    const answer = await client.cancel(id);
    return answer.ok ? done(id, "cancelled") : answer;
  });

  const redrive = program
    .command("redrive")
    .description("run dead executions again: one, or all that match")
    .argument("[id]", "execution id; or give --vendor or --status", executionId)
    .option("--vendor <id>", "all of this vendor", vendorId)
    .addOption(statusOption("all in this state (default with --vendor: dead)", ["dead", "uncertain"]));
  act<RedriveFlags>(redrive, async (session) => {
    const { vendor, status } = session.options;
    const id = session.args[0];
    const filtered = vendor !== undefined || status !== undefined;
    if ((id === undefined) !== filtered)
      return fail("usage", "redrive takes an execution id, or --vendor and --status.");
    if (id === undefined) return redriveMany(session);
    const answer = await session.client.redrive(id);
    return answer.ok ? done(id, "redriven") : answer;
  });

  const settle = program
    .command("settle")
    .description("say what became of an uncertain execution")
    .argument("<id>", "execution id", executionId)
    .addOption(
      new Option("--outcome <outcome>", "what happened; retry: send it once more")
        .choices(["delivered", "not-delivered", "retry"])
        .makeOptionMandatory(),
    )
    .requiredOption("--evidence <text>", "how you know; it is recorded, so leave personal data out");
  act<{ outcome: Settlement; evidence: string }>(settle, async ({ client, args: [id = ""], options }) => {
    if (options.evidence.trim() === "" || options.evidence.length > longestEvidence)
      return fail("usage", `--evidence must say how you know, in 1 to ${longestEvidence} characters.`);
    const answer = await client.settle(id, options.outcome, options.evidence);
    return answer.ok ? done(id, `settled as ${options.outcome}`) : answer;
  });
};
