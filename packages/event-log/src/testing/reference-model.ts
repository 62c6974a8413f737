// What a log must do, in the plainest form: a list, version numbers and guards. The random histories compare a log with it.
import type { NewEvent } from "../envelope.js";
import type { AppendRequest } from "../log.js";

export interface ModelEvent extends NewEvent {
  readonly stream: string;
  readonly streamVersion: number;
}

export interface ReferenceModel {
  readonly events: readonly ModelEvent[];
  version(stream: string): number;
  guard(key: string): string | null;
  /** Texts of the streams that have a row. */
  readonly notes: ReadonlyMap<string, string>;
  /** How an append must end: `appended`, or the code of its refusal. `valid` says whether its content can be stored. */
  append(request: AppendRequest, valid: boolean): string;
}

export function createReferenceModel(): ReferenceModel {
  const events: ModelEvent[] = [];
  const versions = new Map<string, number>();
  const guards = new Map<string, string>();
  const notes = new Map<string, string>();
  const version = (stream: string): number => versions.get(stream) ?? 0;
  const guard = (key: string): string | null => guards.get(key) ?? null;

  const apply = ({ type, data: { key, value, text } }: NewEvent, stream: string): void => {
    if (type === "Noted") notes.set(stream, String(text));
    if (type === "Forgotten") notes.delete(stream);
    if (type === "GuardSet" && typeof value === "string") guards.set(String(key), value);
    if (type === "GuardSet" && typeof value !== "string") guards.delete(String(key));
  };

  return {
    events,
    notes,
    version,
    guard,
    append: (request, valid) => {
      if (!valid) return "append_invalid";
      if (request.streams.some((entry) => version(entry.stream) !== entry.expectedVersion)) return "version_conflict";
      if ((request.guards ?? []).some((entry) => guard(entry.key) !== entry.value)) return "guard_refused";
      for (const { stream, events: added } of request.streams) {
        for (const event of added) {
          versions.set(stream, version(stream) + 1);
          events.push({ ...event, stream, streamVersion: version(stream) });
          apply(event, stream);
        }
      }
      return "appended";
    },
  };
}
