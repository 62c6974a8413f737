// Reads an event with its schema, or says why this build cannot: by position, type and place, never by a value.
import { catalogue, createCodec } from "@wedsync/contracts";
import type { DecodeFailure, RecordedEvent } from "@wedsync/event-log";
import { fail } from "./problem.js";

const codec = createCodec(catalogue.map(({ definition }) => definition));

interface Unreadable {
  readonly code: "event_unknown" | "event_newer" | "event_poison";
  readonly message: string;
}

/** Why the event cannot be read; undefined when it can. */
export function unreadable(event: RecordedEvent): Unreadable | undefined {
  const decoded = codec.decode(event);
  return decoded.ok ? undefined : sentenceOf(event, decoded);
}

/** Refuses an event that cannot be read: what it says may change everything after it. */
export function assertReadable(event: RecordedEvent): void {
  const found = unreadable(event);
  if (found !== undefined) fail(found.code, found.message, event.position);
}

function sentenceOf({ position, type, schemaVersion }: RecordedEvent, failure: DecodeFailure): Unreadable {
  const holds = `Position ${position} holds ${type}`;
  switch (failure.code) {
    case "unknown_type":
      return { code: "event_unknown", message: `${holds}, which this build does not know; use the newer build.` };
    case "newer_than_known":
      return {
        code: "event_newer",
        message: `${holds} version ${schemaVersion}, which is newer than this build reads; use the newer build.`,
      };
    case "invalid":
      return {
        code: "event_poison",
        message: `${holds}, and its data is not what its schema asks for${place(failure.message, type)}: the log was tampered with, or a faulty release wrote it.`,
      };
  }
}

/** The codec says `ExecutionRequested/work: invalid_type`: where, and which rule. */
function place(message: string, type: string): string {
  const [, path = "", rule = ""] = /^(\/[^:]*)?: (\w+)$/.exec(message.slice(type.length)) ?? [];
  if (rule === "") return "";
  return ` (${path === "" ? "" : `at ${path}, `}rule ${rule})`;
}
