// `replay why EXECUTION`: why it ran when it ran, or why it has not run yet.
import { iso } from "../instant.js";
import type { Register } from "../register.js";
import { clean, local } from "../text/plain.js";
import { explain } from "./explain.js";
import { zoneOf } from "./facts.js";
import { gather } from "./gather.js";

export const registerWhy: Register = (program, tie) => {
  const command = program
    .command("why")
    .description("why an execution ran when it ran, or why it has not run yet")
    .argument("<execution>", "id of the execution");
  tie(command, async ({ snapshot, args, shell, progress }) => {
    const facts = await gather(snapshot, args[0] ?? "", (what, until) => ({
      progress: progress(what, until),
      signal: shell.signal,
    }));
    const points = explain(facts);
    const starts = [...facts.starts].map(([position, { decision, wait }]) => ({
      position: position.toString(),
      wait,
      decision:
        decision === undefined
          ? null
          : {
              position: decision.position.toString(),
              place: decision.place + 1,
              of: decision.data.chosen.length,
              due: decision.data.due,
              credits: decision.data.credits,
              criticalCredits: decision.data.criticalCredits,
              asOf: decision.data.asOf,
              series: decision.data.series,
              tick: decision.data.tick,
            },
    }));
    return {
      json: {
        execution: facts.execution,
        asOf: iso(facts.now),
        points,
        starts,
        events: facts.steps.map(({ position, recordedAt, event }) => ({
          position: position.toString(),
          at: iso(recordedAt),
          type: event.type,
        })),
      },
      text: [
        `Execution ${facts.execution}, as of ${local(facts.now, zoneOf(facts.steps))}`,
        ...points.flatMap(({ topic, sentences }) => [
          "",
          topic,
          ...sentences.map((sentence) => `  ${clean(sentence)}`),
        ]),
      ].join("\n"),
    };
  });
};
