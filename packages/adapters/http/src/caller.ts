// Who is calling, after authentication.
import type { Metadata } from "@wedsync/event-log";

export const callerRoles = ["vendor", "ops", "service", "read-only"] as const;
export type CallerRole = (typeof callerRoles)[number];

export interface Caller {
  readonly role: CallerRole;
  /** `key:<id>` or `user:<subject>`. */
  readonly actor: string;
  /** The only vendor a vendor may touch. */
  readonly vendor?: string;
}

/** What every command of one request carries into its events. */
export interface RequestContext {
  readonly caller: Caller;
  readonly correlationId: string;
  readonly traceparent?: string;
}

/** May this caller see or change things of the vendor? */
export function mayTouch(caller: Caller, vendor: string): boolean {
  return caller.role !== "vendor" || caller.vendor === vendor;
}

/** Metadata of the events that a request leads to. */
export function metadataOf(
  context: RequestContext,
  base: { readonly source: string; readonly region: string; readonly now: number },
  more: { readonly vendor?: string; readonly market?: string } = {},
): Metadata {
  return {
    source: base.source,
    time: base.now,
    correlationId: context.correlationId,
    actor: context.caller.actor,
    region: base.region,
    ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
    ...more,
  };
}
