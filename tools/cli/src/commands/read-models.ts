// `wedsync read-models`: how far the read models are, and rebuilding one beside the present one.
import { InvalidArgumentError } from "commander";
import { modelName } from "../arguments.js";
import type { ReadModels } from "../answers.js";
import { clean, count, table } from "../output.js";
import type { Register } from "../register.js";
import { ok } from "../result.js";

const header = ["model", "generation", "status", "state", "position", "behind", "lag", "parked"];

export const readModelsText = ({ items }: ReadModels): string => {
  const rows = items.flatMap(({ name, generations }) =>
    generations.map((one) => [
      name,
      String(one.generation),
      one.status,
      one.aheadOfLog === true ? "ahead_of_log" : one.state,
      one.position,
      count(one.eventsBehind),
      `${count(one.millisecondsBehind)} ms`,
      count(one.parkedStreams),
    ]),
  );
  return rows.length === 0 ? "none" : table(header, rows);
};

const generationNumber = (text: string): string => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("A generation is a number from 1.");
  return text;
};

export const registerReadModels: Register = (program, act) => {
  const models = program
    .command("read-models")
    .description("the aggregator's read models")
    .option(
      "--metrics-url <address>",
      "the aggregator (default: WEDSYNC_METRICS_URL, else beside the server, port + 10)",
    );

  const list = models.command("list").description("generations, how far each is behind the log, and what is parked");
  act(list, async ({ metrics }) => {
    const answer = await metrics.readModels();
    return answer.ok ? ok({ json: answer.value, text: readModelsText(answer.value) }) : answer;
  });

  const rebuild = models
    .command("rebuild")
    .description("build a read model anew beside the present one; queries turn to it when it has caught up")
    .argument("<name>", "read model, as `read-models list` names it", modelName);
  act(rebuild, async ({ metrics, args: [name = ""] }) => {
    const answer = await metrics.rebuild(name);
    if (!answer.ok) return answer;
    const text = `${clean(name)}: generation ${answer.value.generation} is being built; watch it with read-models list`;
    return ok({ json: answer.value, text });
  });

  const drop = models
    .command("drop")
    .description("drop an old generation; there is no way back to it")
    .argument("<name>", "read model", modelName)
    .argument("<generation>", "its number", generationNumber);
  act(drop, async ({ metrics, args: [name = "", generation = ""] }) => {
    const answer = await metrics.drop(name, Number(generation));
    return answer.ok
      ? ok({ json: answer.value, text: `${clean(name)}: generation ${clean(generation)} dropped` })
      : answer;
  });
};
