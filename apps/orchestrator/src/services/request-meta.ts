// Metadata of a request for packages that put the time in themselves.
import type { Metadata } from "@wedsync/event-log";
import { metadataOf, type RequestContext } from "../http/caller.js";

export function requestMeta(
  context: RequestContext,
  region: string,
  more: { readonly vendor?: string; readonly market?: string } = {},
): Omit<Metadata, "time"> {
  const { time: _time, ...meta } = metadataOf(context, { region, now: 0 }, more);
  return meta;
}
