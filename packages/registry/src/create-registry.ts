// Ring 3: the registry over an event log. Reads come from memory, which follows the log by `apply` (fed from a tail) or
// `refresh` (reads the streams); writes decide on the stream itself, so a stale memory never makes a wrong fact.
import { createCodec } from "@wedsync/contracts";
import { vendorEvents, type ModuleDefinition } from "@wedsync/contracts/registry";
import {
  handleCommand,
  loadState,
  type AppendRefusal,
  type Clock,
  type DecodeFailure,
  type EventLog,
  type Metadata,
  type RecordedEvent,
} from "@wedsync/event-log";
import { builtinDefinitions } from "./builtin-definitions.js";
import { handlerName } from "./handlers.js";
import { isObject, type Issue } from "./issues.js";
import { createModuleCache, moduleCategory, moduleCodec, type ActiveModule } from "./module-cache.js";
import { moduleDecider, type ModuleCommand, type ModuleRefusal } from "./module-decider.js";
import { validateRequest, type JsonRecord } from "./validate.js";
import { isTimeZone, vendorDecider, type Vendor, type VendorRefusal } from "./vendor-decider.js";

export interface RegistryOptions {
  readonly log: Pick<EventLog, "append" | "appendTogether" | "read" | "readStream" | "head" | "tail">;
  readonly clock: Clock;
  readonly ids: {
    /** A fresh event id. */
    event(): string;
    /** The stream of something with a name, always the same for the same names: `("module", "email")`, `("vendor", id)`. */
    stream(category: string, ...names: readonly string[]): string;
  };
  /** What this build and its live workers can run; read on each use, so that it may grow. See `handlerName`. */
  readonly handlers: ReadonlySet<string>;
  /** Streams of all module types in the log, so that those registered at run time are known after a restart too. */
  readonly streams?: () => Promise<readonly string[]>;
}

/** Who asks; the time is put in. */
export type RegistryMeta = Omit<Metadata, "time">;

/** The log did not take the events: `append_refused` (fenced, not storable) or `unreadable` (written by a newer build). */
export type LogTrouble =
  | { readonly code: "append_refused"; readonly message: string; readonly cause: AppendRefusal }
  | { readonly code: "unreadable"; readonly message: string; readonly cause: DecodeFailure };

export type Written<Value, Refusal> =
  | { readonly ok: true; readonly changed: boolean; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal | LogTrouble };

export type RequestRefusal =
  | { readonly code: "module_unknown"; readonly message: string }
  | { readonly code: "handler_missing"; readonly message: string; readonly handler: string }
  | { readonly code: "request_invalid"; readonly message: string; readonly issues: readonly Issue[] };

export type AcceptedRequest = ActiveModule & {
  /** The effective payload; absent when no request was given. */
  readonly content?: JsonRecord;
};

export interface ModuleSummary {
  readonly type: string;
  readonly title: string;
  readonly versions: number;
  readonly active?: number;
  /** False: the type is known, requests for it are refused. */
  readonly runnable: boolean;
}

export interface Registry {
  /** Registers the seven built-in types where they are missing; may run on every start of every instance. */
  seedBuiltins(meta: RegistryMeta): Promise<Written<{ readonly registered: number }, ModuleRefusal>>;
  /** A new version of the type that the definition names; `value.version` is its number. */
  registerVersion(
    definition: unknown,
    options: { readonly meta: RegistryMeta; readonly force?: { readonly reason: string } },
  ): Promise<Written<{ readonly type: string; readonly version: number }, ModuleRefusal>>;
  /** Makes a version the one that new work is accepted with. */
  activate(type: string, version: number, meta: RegistryMeta): Promise<Written<ActiveModule, ModuleRefusal>>;
  putVendor(vendor: Vendor, meta: RegistryMeta): Promise<Written<Vendor, VendorRefusal>>;
  vendor(vendorId: string): Promise<Vendor | undefined>;
  /** From memory; `find` asks the log as well. */
  definition(type: string, version: number): ModuleDefinition | undefined;
  active(type: string): ActiveModule | undefined;
  /** From memory, else from the type's stream: for types registered by another instance a moment ago. */
  find(type: string): Promise<ActiveModule | undefined>;
  list(): readonly ModuleSummary[];
  /** May this type be asked for now, and is the request well formed? Without a request: only the type. */
  checkRequest(
    type: string,
    request?: { readonly config?: unknown; readonly payload?: unknown },
  ):
    | { readonly ok: true; readonly accepted: AcceptedRequest }
    | { readonly ok: false; readonly refusal: RequestRefusal };
  /** Takes in one event of the log. `behind`: events of its stream were missed, call `refresh`. */
  apply(event: RecordedEvent): "applied" | "ignored" | "behind" | "unreadable";
  /** Reads the streams of the known types, the built-in ones, those named and those the log lists. */
  refresh(types?: readonly string[]): Promise<void>;
}

const vendorCategory = "vendor";
const vendorCodec = createCodec(vendorEvents);

export function createRegistry(options: RegistryOptions): Registry {
  const { log, clock, ids, handlers } = options;
  const cache = createModuleCache();
  const moduleStream = (type: string): string => ids.stream(moduleCategory, type);

  const runModule = async (type: string, command: ModuleCommand, meta: RegistryMeta) => {
    const stream = moduleStream(type);
    const outcome = await handleCommand(moduleDecider, command, {
      log,
      codec: moduleCodec,
      category: moduleCategory,
      stream,
      class: "control",
      meta: { ...meta, time: clock.now() },
      newId: ids.event,
    });
    if (outcome.ok) await cache.load(log, stream);
    return outcome;
  };

  const active = cache.active;
  const find = async (type: string): Promise<ActiveModule | undefined> => {
    if (active(type) === undefined) await cache.load(log, moduleStream(type));
    return active(type);
  };

  return {
    active,
    find,
    apply: cache.apply,
    definition: (type, version) => cache.state(type)?.versions[version - 1],
    refresh: async (types = []) => {
      const named = [...builtinDefinitions.map((definition) => definition.type), ...types].map(moduleStream);
      const listed = (await options.streams?.()) ?? [];
      for (const stream of new Set([...cache.streams(), ...named, ...listed])) await cache.load(log, stream);
    },
    list: () =>
      cache.states().flatMap((state) => {
        const newest = state.versions[(state.active ?? state.versions.length) - 1];
        if (state.type === undefined || newest === undefined) return [];
        const runnable = state.active !== undefined && handlers.has(handlerName(newest.handler));
        const summary = { type: state.type, title: newest.title, versions: state.versions.length, runnable };
        return [state.active === undefined ? summary : { ...summary, active: state.active }];
      }),
    checkRequest: (type, request) => checkRequest(active(type), handlers, request),
    seedBuiltins: async (meta) => {
      let registered = 0;
      for (const definition of builtinDefinitions) {
        const outcome = await runModule(definition.type, { kind: "seed", definition }, meta);
        if (!outcome.ok) return { ok: false, refusal: refusalOf(outcome) };
        registered += outcome.events.filter((event) => event.type === "ModuleVersionRegistered").length;
      }
      return { ok: true, changed: registered > 0, value: { registered } };
    },
    registerVersion: async (definition, { meta, force }) => {
      const type = isObject(definition) && typeof definition["type"] === "string" ? definition["type"] : "";
      const command: ModuleCommand = {
        kind: "register",
        definition,
        handlers,
        ...(force === undefined ? {} : { force }),
      };
      const outcome = await runModule(type, command, meta);
      if (!outcome.ok) return { ok: false, refusal: refusalOf(outcome) };
      return { ok: true, changed: outcome.events.length > 0, value: { type, version: outcome.state.versions.length } };
    },
    activate: async (type, version, meta) => {
      const outcome = await runModule(type, { kind: "activate", version, handlers }, meta);
      if (!outcome.ok) return { ok: false, refusal: refusalOf(outcome) };
      const definition = outcome.state.versions[version - 1];
      if (definition === undefined) throw new Error(`Module ${type} lost version ${version} while it was activated.`);
      return { ok: true, changed: outcome.events.length > 0, value: { type, version, definition } };
    },
    putVendor: async (vendor, meta) => {
      if (!isTimeZone(vendor.timeZone)) {
        const message = "The vendor's time zone is not an IANA name such as Europe/London.";
        return { ok: false, refusal: { code: "time_zone_unknown", message } };
      }
      const outcome = await handleCommand(
        vendorDecider,
        { kind: "put", vendor },
        {
          log,
          codec: vendorCodec,
          category: vendorCategory,
          stream: ids.stream(vendorCategory, vendor.vendorId),
          class: "control",
          meta: { ...meta, time: clock.now() },
          newId: ids.event,
        },
      );
      if (!outcome.ok) return { ok: false, refusal: refusalOf(outcome) };
      return { ok: true, changed: outcome.events.length > 0, value: outcome.state.vendor ?? vendor };
    },
    vendor: async (vendorId) => {
      const stream = ids.stream(vendorCategory, vendorId);
      const loaded = await loadState(log, vendorCodec, vendorDecider, vendorCategory, stream);
      return loaded.ok ? loaded.state.vendor : undefined;
    },
  };
}

function checkRequest(
  module: ActiveModule | undefined,
  handlers: ReadonlySet<string>,
  request: Parameters<Registry["checkRequest"]>[1],
): ReturnType<Registry["checkRequest"]> {
  if (module === undefined) {
    return {
      ok: false,
      refusal: { code: "module_unknown", message: "There is no active module of this type; list the module types." },
    };
  }
  const handler = handlerName(module.definition.handler);
  if (!handlers.has(handler)) {
    const message = `Nothing in this build runs modules of type ${module.type}; deploy a build or a worker that does.`;
    return { ok: false, refusal: { code: "handler_missing", message, handler } };
  }
  if (request === undefined) return { ok: true, accepted: module };
  const checked = validateRequest(module.definition, request);
  if (checked.ok) return { ok: true, accepted: { ...module, content: checked.content } };
  const message = `The request does not fit version ${module.version} of ${module.type}; each issue names its place and rule.`;
  return { ok: false, refusal: { code: "request_invalid", message, issues: checked.issues } };
}

type NotDone<Refusal> =
  | { readonly ok: false; readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly ok: false; readonly kind: "append_refused"; readonly refusal: AppendRefusal }
  | { readonly ok: false; readonly kind: "unreadable"; readonly failure: DecodeFailure };

function refusalOf<Refusal>(outcome: NotDone<Refusal>): Refusal | LogTrouble {
  switch (outcome.kind) {
    case "refused":
      return outcome.refusal;
    case "append_refused":
      return { code: "append_refused", message: "The log refused to write; see the cause.", cause: outcome.refusal };
    case "unreadable":
      return {
        code: "unreadable",
        message: "The stream holds an event this build cannot read.",
        cause: outcome.failure,
      };
  }
}
