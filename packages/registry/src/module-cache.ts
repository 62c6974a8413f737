// Module types in memory. Definitions never change, so only the set of versions and the active one can be out of date;
// both follow from the module's stream, event by event.
import { moduleEvents, type ModuleDefinition, type ModuleEvent } from "@wedsync/contracts/registry";
import { createCodec } from "@wedsync/contracts";
import type { EventReader, RecordedEvent } from "@wedsync/event-log";
import { moduleDecider, type ModuleState } from "./module-decider.js";

export const moduleCategory = "module";
export const moduleCodec = createCodec(moduleEvents);

export interface ActiveModule {
  readonly type: string;
  readonly version: number;
  readonly definition: ModuleDefinition;
}

interface Entry {
  readonly state: ModuleState;
  /** Events of the stream folded so far. */
  readonly streamVersion: number;
}

export type ApplyResult = "applied" | "ignored" | "behind" | "unreadable";

export interface ModuleCache {
  apply(event: RecordedEvent): ApplyResult;
  /** Folds what the stream has beyond what is known. */
  load(reader: Pick<EventReader, "readStream">, stream: string): Promise<ModuleState | undefined>;
  state(type: string): ModuleState | undefined;
  active(type: string): ActiveModule | undefined;
  states(): readonly ModuleState[];
  streams(): readonly string[];
}

export function createModuleCache(): ModuleCache {
  const byStream = new Map<string, Entry>();
  const streamOfType = new Map<string, string>();

  const store = (stream: string, event: ModuleEvent, streamVersion: number): void => {
    const before = byStream.get(stream)?.state ?? moduleDecider.initialState;
    const state = moduleDecider.evolve(before, event);
    byStream.set(stream, { state, streamVersion });
    if (state.type !== undefined) streamOfType.set(state.type, stream);
  };

  const apply = (event: RecordedEvent): ApplyResult => {
    if (event.category !== moduleCategory) return "ignored";
    const known = byStream.get(event.stream)?.streamVersion ?? 0;
    if (event.streamVersion <= known) return "ignored";
    if (event.streamVersion > known + 1) return "behind";
    const decoded = moduleCodec.decode(event);
    if (!decoded.ok) return "unreadable";
    store(event.stream, decoded.event, event.streamVersion);
    return "applied";
  };

  const state = (type: string): ModuleState | undefined => byStream.get(streamOfType.get(type) ?? "")?.state;

  return {
    apply,
    state,
    load: async (reader, stream) => {
      const known = byStream.get(stream)?.streamVersion ?? 0;
      for (const event of await reader.readStream(moduleCategory, stream, known + 1)) {
        if (apply(event) === "unreadable") break;
      }
      return byStream.get(stream)?.state;
    },
    active: (type) => {
      const found = state(type);
      const definition = found?.active === undefined ? undefined : found.versions[found.active - 1];
      return found?.active === undefined || definition === undefined
        ? undefined
        : { type, version: found.active, definition };
    },
    states: () => [...byStream.values()].map((entry) => entry.state),
    streams: () => [...byStream.keys()],
  };
}
