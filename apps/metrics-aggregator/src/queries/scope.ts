// Which rows a caller's query runs on. The server decides by the checked credential; the database enforces it.
import { problem, type Caller } from "@wedsync/adapter-http";
import type { ReadScope } from "@wedsync/adapter-postgres";

/** @throws ProblemError 403 when a vendor asks for another one, or a vendor's key names none */
export function scopeOf(caller: Caller, asked?: string): ReadScope {
  if (caller.role !== "vendor") return { all: true };
  if (caller.vendor === undefined || (asked !== undefined && asked !== caller.vendor))
    throw problem(403, "other_vendor", "A vendor's key reaches this vendor only.");
  return { vendor: caller.vendor };
}
