// `replay timeline`: everything that happened to a wedding, a vendor or an execution between two instants, in order.
import type { EventFilter } from "@wedsync/adapter-postgres/log-snapshot";
import type { RecordedEvent } from "@wedsync/event-log";
import { parseScope, scopesOf } from "@wedsync/scheduler";
import { iso, parseInstant } from "../instant.js";
import { fail } from "../problem.js";
import type { Register } from "../register.js";
import { scanLog } from "../scan-log.js";
import type { Watch } from "../watch.js";
import type { Session } from "../shell.js";
import { clean, many } from "../text/plain.js";
import { sentenceOf } from "../text/sentences.js";
import { asUuid } from "../uuid.js";

interface TimelineOptions {
  readonly vendor?: string;
  readonly wedding?: string;
  readonly execution?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
}

/** What is followed: the events that belong to it, and the holds that touch it. */
interface Subject {
  readonly name: string;
  readonly filter: EventFilter;
  readonly touches: (scope: string) => boolean;
}

async function subjectOf(
  { snapshot, options }: Pick<Session<TimelineOptions>, "snapshot" | "options">,
  watch: Watch,
): Promise<Subject> {
  const { vendor, wedding, execution } = options;
  if (execution !== undefined) {
    if (vendor !== undefined || wedding !== undefined)
      fail("usage", "Name one thing: --execution alone, --vendor, or --vendor with --wedding.");
    const id = asUuid(execution);
    const [first] = id === undefined ? [] : await snapshot.stream(id);
    if (id === undefined || first?.category !== "execution")
      return fail("execution_unknown", `There is no execution ${clean(execution).slice(0, 60)} in this log.`);
    const work = first.data["work"] as Parameters<typeof scopesOf>[0] | undefined;
    const scopes = new Set(work === undefined ? ["platform"] : scopesOf(work));
    return {
      name: `execution ${id}`,
      filter: { streams: [id] },
      touches: (scope) => scopes.has(scope) || scope.startsWith("tier:"),
    };
  }
  if (vendor === undefined)
    return fail("usage", "Name what to follow: --vendor, --vendor with --wedding, or --execution.");
  if (wedding === undefined) {
    for await (const events of scanLog(snapshot, { vendor }, watch))
      if (events.length > 0)
        return {
          name: `vendor ${vendor}`,
          filter: { vendor },
          touches: (scope) =>
            scope === "platform" || scope === `vendor:${vendor}` || scope.startsWith(`wedding:${vendor}/`),
        };
    return fail("vendor_unknown", `There is no vendor ${clean(vendor).slice(0, 60)} in this log.`);
  }
  const booked = await snapshot.streamsWhere("WeddingBooked", vendor, ["weddingId"], wedding);
  if (booked.length === 0)
    return fail(
      "wedding_unknown",
      `Vendor ${clean(vendor).slice(0, 60)} has no wedding ${clean(wedding).slice(0, 60)} in this log.`,
    );
  const executions = await snapshot.streamsWhere("ExecutionRequested", vendor, ["work", "wedding"], wedding);
  return {
    name: `wedding ${vendor}/${wedding}`,
    filter: { streams: [...booked, ...executions] },
    touches: (scope) => ["platform", `vendor:${vendor}`, `wedding:${vendor}/${wedding}`].includes(scope),
  };
}

const nameOf = (event: RecordedEvent): string =>
  event.category === "execution" ? `execution ${event.stream}` : event.category;

export const registerTimeline: Register = (program, tie) => {
  const command = program
    .command("timeline")
    .description("everything that happened to a vendor, a wedding or an execution, in order")
    .option("--vendor <id>", "the vendor")
    .option("--wedding <id>", "a wedding of the vendor")
    .option("--execution <uuid>", "one execution")
    .option("--from <instant>", "not before (ISO 8601 or epoch milliseconds; default: the log's beginning)")
    .option("--to <instant>", "not after (default: the log's end)")
    .option("--limit <count>", "at most this many events, the earliest first", "2000");
  tie<TimelineOptions>(command, async ({ snapshot, options, shell, progress }) => {
    const from = options.from === undefined ? undefined : parseInstant(options.from, "--from");
    const to = options.to === undefined ? undefined : parseInstant(options.to, "--to");
    if (from !== undefined && to !== undefined && from > to) fail("usage", "--from lies after --to.");
    const limit = Number(options.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100_000)
      fail("usage", "--limit is a whole number from 1 to 100000.");
    const after = from === undefined ? 0n : await snapshot.positionAt(from - 1);
    const until = to === undefined ? snapshot.head : await snapshot.positionAt(to);
    const search = progress("looking", snapshot.head);
    const subject = await subjectOf({ snapshot, options }, { progress: search, signal: shell.signal }).finally(() =>
      search.stop(),
    );
    const bar = progress("reading", until);
    const found: RecordedEvent[] = [];
    // One more than is shown tells whether there is more; a vendor's whole history would not fit into memory.
    const collect = async (filter: EventFilter, isWanted: (event: RecordedEvent) => boolean): Promise<void> => {
      let kept = 0;
      for await (const events of scanLog(
        snapshot,
        { ...filter, after, until },
        { progress: bar, signal: shell.signal },
      )) {
        const wanted = events.filter(isWanted).slice(0, limit + 1 - kept);
        kept += wanted.length;
        found.push(...wanted);
        if (kept > limit) return;
      }
    };
    try {
      await collect(subject.filter, () => true);
      await collect({ types: ["ScopePaused", "ScopeResumed"] }, (event) => {
        const scope = String(event.data["scope"]);
        return parseScope(scope) !== undefined && subject.touches(scope);
      });
    } finally {
      bar.stop();
    }
    const ordered = found.toSorted((left, right) => (left.position < right.position ? -1 : 1));
    const events = ordered.slice(0, limit);
    const more = ordered.length > limit;
    const entries = events.map((event) => ({
      position: event.position.toString(),
      at: iso(event.recordedAt),
      type: event.type,
      what: nameOf(event),
      text: sentenceOf(event),
      actor: event.meta.actor,
    }));
    const lines = entries.map(
      ({ position, at, what, text, actor }) => `${at}  #${position}  ${text}  [${clean(what)}, by ${clean(actor)}]`,
    );
    return {
      json: { subject: subject.name, events: entries, more },
      text: [
        `${clean(subject.name)}: ${more ? "the first " : ""}${many(entries.length, "event")}`,
        ...lines,
        ...(more ? ["There is more: narrow it with --from and --to, or raise --limit."] : []),
      ].join("\n"),
    };
  });
};
