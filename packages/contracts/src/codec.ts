// Typed events to stored JSON and back. Old versions are lifted step by step, newer ones are held, bad ones are named.
import type { Decoded, EventCodec, JsonObject } from "@wedsync/event-log";
import type { EventDefinition, EventOf } from "./definition.js";
import { safePath } from "./known-names.js";

/**
 * Events that this process has checked or made itself, by their data: one that comes back with the very same object (from
 * the log's memory, to a fold in the same process) is not checked again. Data of events never changes.
 */
const known = new WeakMap<
  object,
  { readonly definition: EventDefinition; readonly event: { type: string; data: unknown } }
>();

/**
 * A codec for the given event types. Encoding trusts the compiler; decoding checks everything, because a stored event
 * may come from another release.
 */
export function createCodec<const Definitions extends readonly EventDefinition[]>(
  definitions: Definitions,
): EventCodec<EventOf<Definitions[number]>> {
  type Event = EventOf<Definitions[number]>;
  const byType = new Map<string, EventDefinition>(definitions.map((definition) => [definition.type, definition]));
  return {
    encode: (event) => {
      const { type, data } = event as { readonly type: string; readonly data: JsonObject };
      const definition = byType.get(type);
      // The compiler refuses this; a guessed version would be written for ever.
      if (definition === undefined) throw new Error(`${type} is not among the events of this codec.`);
      known.set(data, { definition, event: event as { type: string; data: unknown } });
      return { type, schemaVersion: definition.version, data };
    },
    decode: ({ type, schemaVersion, data }): Decoded<Event> => {
      const definition = byType.get(type);
      if (definition === undefined) {
        return {
          ok: false,
          code: "unknown_type",
          type,
          schemaVersion,
          message: `No event type ${type} in this context.`,
        };
      }
      if (!Number.isInteger(schemaVersion) || schemaVersion < 1) {
        const message = `${type} says a schema version that is not a whole number from 1.`;
        return { ok: false, code: "invalid", type, schemaVersion, message };
      }
      if (schemaVersion > definition.version) {
        return {
          ok: false,
          code: "newer_than_known",
          type,
          schemaVersion,
          message: `${type} version ${schemaVersion} is newer than ${definition.version}, the newest this build reads; deploy the newer build.`,
        };
      }
      const before = schemaVersion === definition.version ? known.get(data) : undefined;
      if (before?.definition === definition) return { ok: true, event: before.event as Event };
      const lifted = lift(definition, schemaVersion, data);
      if (lifted.ok && schemaVersion === definition.version) known.set(data, { definition, event: lifted.event });
      return lifted as Decoded<Event>;
    },
  };
}

function lift(
  definition: EventDefinition,
  schemaVersion: number,
  data: JsonObject,
): Decoded<{ type: string; data: unknown }> {
  const { type } = definition;
  let current = data;
  try {
    for (const upcast of definition.upcasters.slice(schemaVersion - 1)) current = upcast(current);
  } catch {
    return {
      ok: false,
      code: "invalid",
      type,
      schemaVersion,
      message: `An upcaster of ${type} failed at version ${schemaVersion}.`,
    };
  }
  const parsed = definition.schema.safeParse(current);
  if (parsed.success) return { ok: true, event: { type, data: parsed.data } };
  const first = parsed.error.issues.slice(0, 1);
  const message = first.map((issue) => `${type}${safePath(definition.schema, issue.path)}: ${issue.code}`).join("");
  return { ok: false, code: "invalid", type, schemaVersion, message };
}
