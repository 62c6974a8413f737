// `wedsync status`: is the platform well, and what needs a person.
import type { Status } from "../answers.js";
import { clean, count, instant } from "../output.js";
import type { Register } from "../register.js";
import { ok } from "../result.js";

const listOf = (numbers: Readonly<Record<string, number>> | undefined): string => {
  const named = Object.entries(numbers ?? {}).map(([name, number]) => `${count(number)} ${clean(name)}`);
  return named.length === 0 ? "none" : named.join(", ");
};

export const statusText = (status: Status): string => {
  const holds = (status.holds ?? []).map((hold) => `  ${clean(hold.scope)}: ${clean(hold["cause"] ?? "held")}`);
  return [
    `now         ${instant(status.now)}`,
    `executions  ${listOf(status.executions)}`,
    `due today   ${count(status.dueToday ?? 0)}`,
    `attention   ${listOf(status.attention)}`,
    `workers     ${(status.workers ?? []).length}`,
    `holds       ${holds.length === 0 ? "none" : holds.length}`,
    ...holds,
  ].join("\n");
};

export const registerStatus: Register = (program, act) => {
  const command = program.command("status").description("what is scheduled, running, held or in doubt");
  act(command, async ({ client }) => {
    const status = await client.status();
    return status.ok ? ok({ json: status.value, text: statusText(status.value) }) : status;
  });
};
