// Many items of one request: a few at a time, a result each, one bad item never harms its neighbours.
import { ProblemError } from "@wedsync/adapter-http";
import { isLogError } from "@wedsync/event-log";

/** Maps in order with at most `parallel` items under way. */
export async function inSlices<Item, Result>(
  items: readonly Item[],
  parallel: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = Array.from({ length: items.length });
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as Item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, run));
  return results;
}

/** The problem of one item, with its place among the items. What is not a refusal fails the whole request, so that the caller repeats it. */
export function toItemProblem(
  error: unknown,
  index: number,
): {
  readonly code: string;
  readonly detail: string;
  readonly path?: string;
} {
  if (!(error instanceof ProblemError) || isLogError(error)) throw error;
  const { code, detail, path } = error.problem;
  return { code, detail, ...(path === undefined ? {} : { path: path.replace(/^\/body/, `/items/${index}`) }) };
}
