// One version of one event type as it lies on disk: the schema that is promised and one payload that keeps it.
import type { JsonObject } from "@wedsync/event-log";

export interface EventVersion {
  readonly context: string;
  readonly category: string;
  readonly type: string;
  readonly version: number;
  readonly schema: JsonObject;
  readonly golden: JsonObject;
}

/** Name of a version in `frozen.json` and in messages; without the context, because types may move between contexts. */
export const versionKey = (type: string, version: number): string => `${type}.v${version}`;

/** Path of a version's file below the package. */
export const versionPath = (
  folder: "schemas" | "golden",
  { context, type, version }: Pick<EventVersion, "context" | "type" | "version">,
): string => `${folder}/${context}/${versionKey(type, version)}.json`;
