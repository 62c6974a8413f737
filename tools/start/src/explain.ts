// Faults of starting, in one line each: what is wrong and what to do.

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly port?: unknown;
}

/** One line for a person; the error's own message when it already is one. */
export function explain(error: unknown): string {
  const { code, message, port } = (typeof error === "object" && error !== null ? error : {}) as Coded;
  if (code === "EADDRINUSE")
    return `Port ${String(port ?? "")} is taken by another program; choose others with --port N.`;
  if (code === "EACCES") return `No permission to listen there; choose a port above 1023 with --port N.`;
  if (code === "ENOSPC") return "The disk is full; make room or choose another folder with --data-dir.";
  return typeof message === "string" ? (message.split("\n")[0] ?? message) : String(error);
}
