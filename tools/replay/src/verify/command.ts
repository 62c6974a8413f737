// `replay verify`: is everything what the log says? Exit code 1 when anything differs.
import type { Register } from "../register.js";
import type { Work } from "../shell.js";
import { clean, count, many } from "../text/plain.js";
import { verify } from "./verify.js";

export const registerVerify: Register = (program, tie) => {
  const command = program
    .command("verify")
    .description(
      "check the log, recompute every decision, rebuild tables and read models and compare; 1 when anything differs",
    );
  const check: Work<unknown> = async ({ snapshot, shell, progress }) => {
    const began = shell.now();
    const bar = progress("verifying", snapshot.head);
    const { checks, events, decisions, starts, differences, notRecomputable } = await verify(snapshot, {
      progress: bar,
      signal: shell.signal,
    });
    const seconds = Math.max(0.001, (shell.now() - began) / 1_000);
    const perSecond = Math.round(events / seconds);
    const isSame = checks.every((check) => check.ok);
    const lines = checks.flatMap(({ name, ok, summary, count: found, findings }) => [
      `${ok ? "same   " : "DIFFERS"}  ${name.padEnd(14)} ${clean(summary)}`,
      ...findings.map(({ message }) => `           ${clean(message)}`),
      ...(found > findings.length ? [`           and ${count(found - findings.length)} more`] : []),
    ]);
    return {
      json: {
        ok: isSame,
        head: snapshot.head.toString(),
        decisions,
        starts,
        differences,
        notRecomputable,
        checks: checks.map(({ name, ok, count: found, summary, findings }) => ({
          name,
          ok,
          count: found,
          summary,
          findings,
        })),
        eventsPerSecond: perSecond,
      },
      text: [
        ...lines,
        `${isSame ? "Everything is what the log says." : "The log and the database differ."} ${many(events, "event")}, ${count(perSecond)}/s`,
      ].join("\n"),
      no: !isSame,
    };
  };
  tie(command, check, { anyLog: true });
};
