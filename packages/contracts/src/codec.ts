// Typed events to stored JSON and back. Old versions are lifted step by step, newer ones are held, bad ones are named.
import type { Decoded, EventCodec, JsonObject } from "@wedsync/event-log";
import type { EventDefinition, EventOf } from "./definition.js";

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
      return { type, schemaVersion: byType.get(type)?.version ?? 1, data };
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
      if (schemaVersion > definition.version) {
        return {
          ok: false,
          code: "newer_than_known",
          type,
          schemaVersion,
          message: `${type} version ${schemaVersion} is newer than ${definition.version}, the newest this build reads; deploy the newer build.`,
        };
      }
      return lift(definition, schemaVersion, data) as Decoded<Event>;
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
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? "" : `/${issue.path.map(String).join("/")}`;
  return { ok: false, code: "invalid", type, schemaVersion, message: `${type}${where}: ${issue?.code ?? "invalid"}` };
}
