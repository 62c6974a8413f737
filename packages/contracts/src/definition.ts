// What the catalogue knows of one event type. A released version is frozen: a change is a new version and an upcaster.
import type { JsonObject } from "@wedsync/event-log";
import type { z } from "zod";

/** Turns the data of version n into version n + 1. Pure, total for every payload that version n accepted. */
export type Upcaster = (data: JsonObject) => JsonObject;

export interface EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  /** PascalCase, past tense, a business fact. Stable for ever. */
  readonly type: Type;
  /** The newest schema version; writers write this one. */
  readonly version: number;
  /** Schema of the newest version. */
  readonly schema: Schema;
  /** One line for the event reference. */
  readonly summary: string;
  /** A realistic payload; becomes the golden file of this version. */
  readonly example: z.input<Schema>;
  /** Steps from version 1 up: `upcasters[0]` makes version 2 of version 1. */
  readonly upcasters: readonly Upcaster[];
}

/** Declares an event type; keeps the literal type and the schema for inference. */
export function defineEvent<const Type extends string, Schema extends z.ZodType>(
  definition: Omit<EventDefinition<Type, Schema>, "upcasters"> & { readonly upcasters?: readonly Upcaster[] },
): EventDefinition<Type, Schema> {
  return { upcasters: [], ...definition };
}

/** The union of typed events of a list of definitions. */
export type EventOf<Definition> =
  Definition extends EventDefinition<infer Type, infer Schema>
    ? { readonly type: Type; readonly data: z.output<Schema> }
    : never;
