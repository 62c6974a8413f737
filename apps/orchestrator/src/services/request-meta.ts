// Metadata of a request for packages that put the time in themselves.
import { metadataOf, type RequestContext } from "@wedsync/adapter-http";
import type { Metadata } from "@wedsync/event-log";

export function requestMeta(
  context: RequestContext,
  region: string,
  more: { readonly vendor?: string; readonly market?: string } = {},
): Omit<Metadata, "time"> {
  const { time: _time, ...meta } = metadataOf(context, { source: "/orchestrator/api", region, now: 0 }, more);
  return meta;
}
