// Looks for events of some kinds in a stretch of the log. A search for what is rare can take long without finding anything, so it
// goes by stretches of positions: the bar moves, and Ctrl-C is heard.
import type { EventFilter, LogSnapshot } from "@wedsync/adapter-postgres/log-snapshot";
import type { RecordedEvent } from "@wedsync/event-log";
import { fail } from "./problem.js";
import type { Watch } from "./watch.js";

const stretch = 20_000n;

/** Gives the wanted events page by page, in order. The bar stays open: one search may have several parts. */
export async function* scanLog(
  snapshot: LogSnapshot,
  filter: EventFilter,
  { progress, signal }: Watch,
): AsyncGenerator<readonly RecordedEvent[]> {
  const until = filter.until ?? snapshot.head;
  for (let after = filter.after ?? 0n; after < until; after += stretch) {
    const end = after + stretch < until ? after + stretch : until;
    for await (const events of snapshot.events({ ...filter, after, until: end })) {
      if (signal.aborted) fail("interrupted", "Stopped.");
      yield events;
    }
    progress.update(Number(end));
  }
}
