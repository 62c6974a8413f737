// `replay state --at T` and `replay diff --at T1 --at T2`: the prefix of the log that had been recorded by then, folded.
import { parseInstant, prefixAt } from "../instant.js";
import { fail } from "../problem.js";
import type { Register } from "../register.js";
import { readLog } from "../read-log.js";
import type { Session } from "../shell.js";
import { StateFold, type PlatformState } from "./state-fold.js";
import { changesBetween, changesText, stateText } from "./state-text.js";

interface StateOptions {
  readonly at?: readonly string[];
}

/** States at instants, in one pass: the earlier one is taken on the way to the later one. */
async function statesAt(
  { snapshot, progress, shell }: Session<StateOptions>,
  instants: readonly number[],
): Promise<readonly PlatformState[]> {
  const wanted = await Promise.all(
    instants.map(async (at, place) => ({ at, place, position: await prefixAt(snapshot, at, "--at") })),
  );
  const queue = wanted.toSorted((left, right) => (left.position < right.position ? -1 : 1));
  const last = queue.at(-1)?.position ?? 0n;
  const states: PlatformState[] = [];
  const fold = new StateFold();
  const take = (position: bigint): void => {
    for (let next = queue[0]; next !== undefined && next.position <= position; next = queue[0]) {
      states[next.place] = fold.state(next.at);
      queue.shift();
    }
  };
  const bar = progress("folding", last);
  await readLog(snapshot, last, { progress: bar, signal: shell.signal }, (event) => {
    fold.see(event);
    take(event.position);
  });
  return states;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const registerState: Register = (program, tie) => {
  const state = program
    .command("state")
    .description("queue, holds, registry, policy, season, forecast and capacity as they were at an instant")
    .option("--at <instant>", "the instant, by the log's own time (default: the newest event)", collect);
  tie<StateOptions>(state, async (session) => {
    const { at = [] } = session.options;
    if (at.length > 1) fail("usage", "state takes one --at; `replay diff` compares two.");
    const [text] = at;
    const instant = text === undefined ? (session.snapshot.recorded?.last ?? 0) : parseInstant(text, "--at");
    const [found] = await statesAt(session, [instant]);
    if (found === undefined) return fail("log_empty", "The log holds no event yet.");
    return { json: found, text: stateText(found) };
  });
  const diff = program
    .command("diff")
    .description("what changed between two instants")
    .option("--at <instant>", "an instant; give it twice", collect);
  tie<StateOptions>(diff, async (session) => {
    const { at = [] } = session.options;
    if (at.length !== 2) fail("usage", "diff takes two instants: --at T1 --at T2.");
    const [before, after] = await statesAt(
      session,
      at.map((text) => parseInstant(text, "--at")),
    );
    const changes = changesBetween(before, after);
    return { json: { before, after, changes }, text: changesText(changes) };
  });
};
