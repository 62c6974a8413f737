// One module type and its versions. Versions are immutable; exactly one is active. Accepted work keeps its version
// (REG-4), so nothing here ever removes one.
import type { ModuleDefinition, ModuleEvent } from "@wedsync/contracts/registry";
import { accept, refuse, type Decider } from "@wedsync/event-log";
import type { SchemaChange } from "./compare-schemas.js";
import { handlerName } from "./handlers.js";
import type { Issue } from "./issues.js";
import { jsonEqual } from "./json-equal.js";
import { compareDefinitions, validateDefinition } from "./validate-definition.js";

export interface ModuleState {
  readonly type?: string;
  /** Version n is at n - 1. */
  readonly versions: readonly ModuleDefinition[];
  /** The version that new work is accepted with; absent before the first activation. */
  readonly active?: number;
}

export type ModuleCommand =
  /** A new version; the same definition as the newest version again changes nothing. */
  | {
      readonly kind: "register";
      readonly definition: unknown;
      /** What this build and its workers can run; see `handlerName`. */
      readonly handlers: ReadonlySet<string>;
      /** Registers despite breaking changes. */
      readonly force?: { readonly reason: string };
    }
  | { readonly kind: "activate"; readonly version: number; readonly handlers: ReadonlySet<string> }
  /**
   * A definition this build brings along. It exists without a handler (requests are refused, not the type), and it never
   * changes what is active: during a rolling deploy the older build would meet a version it does not know.
   */
  | { readonly kind: "seed"; readonly definition: ModuleDefinition };

/** `path` is a JSON Pointer into the definition, or names the part of the command that is meant. */
export type ModuleRefusal =
  | { readonly code: "definition_invalid"; readonly message: string; readonly issues: readonly Issue[] }
  | { readonly code: "type_mismatch"; readonly message: string; readonly path: string }
  | { readonly code: "incompatible"; readonly message: string; readonly changes: readonly SchemaChange[] }
  | { readonly code: "handler_missing"; readonly message: string; readonly handler: string; readonly path: string }
  | { readonly code: "version_unknown"; readonly message: string; readonly version: number; readonly path: string };

const handlerMissing = (handler: string, path: string): ModuleRefusal => ({
  code: "handler_missing",
  handler,
  path,
  message: `Nothing in this build runs the handler ${handler}; deploy a build or a worker that does, then try again.`,
});

export const moduleDecider: Decider<ModuleState, ModuleCommand, ModuleEvent, ModuleRefusal> = {
  initialState: { versions: [] },
  decide: (command, state) => {
    if (command.kind === "activate") return decideActivate(command, state);
    return command.kind === "seed" ? decideSeed(command.definition, state) : decideRegister(command, state);
  },
  evolve: (state, event) => {
    if (event.type === "ModuleVersionActivated") return { ...state, active: event.data.version };
    return { ...state, type: event.data.definition.type, versions: [...state.versions, event.data.definition] };
  },
  isTerminal: () => false,
};

function decideActivate(command: Extract<ModuleCommand, { kind: "activate" }>, state: ModuleState) {
  const { version, handlers } = command;
  const definition = state.versions[version - 1];
  if (definition === undefined) {
    const message = `There is no version ${version}; the newest is ${state.versions.length}.`;
    return refuse<ModuleRefusal>({ code: "version_unknown", version, message, path: "/version" });
  }
  if (state.active === version) return accept<ModuleEvent>();
  const handler = handlerName(definition.handler);
  if (!handlers.has(handler)) return refuse(handlerMissing(handler, "/version"));
  return accept<ModuleEvent>({ type: "ModuleVersionActivated", data: { type: definition.type, version } });
}

function decideSeed(definition: ModuleDefinition, state: ModuleState) {
  if (state.versions.some((known) => jsonEqual(known, definition))) return accept<ModuleEvent>();
  const version = state.versions.length + 1;
  const registered: ModuleEvent = { type: "ModuleVersionRegistered", data: { version, definition } };
  if (state.active !== undefined) return accept(registered);
  return accept<ModuleEvent>(registered, { type: "ModuleVersionActivated", data: { type: definition.type, version } });
}

function decideRegister(command: Extract<ModuleCommand, { kind: "register" }>, state: ModuleState) {
  const checked = validateDefinition(command.definition);
  if (!checked.ok) {
    const message = "The definition is not valid; each issue names its place and rule.";
    return refuse<ModuleRefusal>({ code: "definition_invalid", message, issues: checked.issues });
  }
  const { definition } = checked;
  if (state.type !== undefined && definition.type !== state.type) {
    const message = `The definition is of type ${definition.type}, this is ${state.type}; register it under its own type.`;
    return refuse<ModuleRefusal>({ code: "type_mismatch", message, path: "/type" });
  }
  if (jsonEqual(state.versions.at(-1), definition)) return accept<ModuleEvent>();
  const handler = handlerName(definition.handler);
  if (!command.handlers.has(handler)) return refuse(handlerMissing(handler, "/handler"));
  const inUse = state.versions[(state.active ?? state.versions.length) - 1];
  const changes = inUse === undefined ? [] : compareDefinitions(inUse, definition);
  if (changes.length > 0 && command.force === undefined) {
    const message = "It may refuse what the version in use accepts; keep the listed parts, or force it with a reason.";
    return refuse<ModuleRefusal>({ code: "incompatible", message, changes });
  }
  const forced =
    changes.length > 0 && command.force !== undefined ? { forcedReason: command.force.reason.slice(0, 500) } : {};
  const version = state.versions.length + 1;
  return accept<ModuleEvent>({ type: "ModuleVersionRegistered", data: { version, definition, ...forced } });
}
