// What a command ran into outside of it, as a problem with a sentence that says what to do.
import { isSnapshotError, type SnapshotError } from "@wedsync/adapter-postgres/log-snapshot";
import { ProblemError, type Problem } from "./problem.js";

/** The problem that an error means. Throws what is a mistake of ours. */
export function problemOf(error: unknown, signal: AbortSignal): Problem {
  // Ctrl-C cuts the connection: whatever failed then failed because of it.
  if (signal.aborted) return { code: "interrupted", message: "Stopped." };
  if (error instanceof ProblemError) return error.problem;
  if (isSnapshotError(error)) return connectionProblem(error);
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code === "schema_missing")
    return { code, message: "The database holds no event log; name the platform's database with --database." };
  if (code === "42P01" || code === "42501")
    return {
      code: "tables_unreadable",
      message: `A table of the platform is missing, or this login may not read it (${code}). Was the database migrated to this release, and is the login a member of wedsync_read?`,
    };
  throw error;
}

/** A driver's message may name the connection; its code is enough to act on. */
function connectionProblem({ code, detail }: SnapshotError): Problem {
  const named = detail === undefined ? "" : ` (${detail})`;
  switch (code) {
    case "address_invalid":
      return {
        code: "usage",
        message:
          "--database (or DATABASE_URL) cannot be read as an address; it looks like postgres://reader@host:5432/wedsync.",
      };
    case "login_refused":
      return {
        code,
        message: `The database refused the login${named}: check user and password of --database or DATABASE_URL.`,
      };
    case "database_unknown":
      return {
        code,
        message: `The server has no database of this name${named}: check the end of --database or DATABASE_URL.`,
      };
    case "database_silent":
      return {
        code: "database_unreachable",
        message: "The database accepts connections but does not answer. Is it stopped, or overloaded?",
      };
    case "database_unreachable":
      return {
        code,
        message: `The database cannot be used${named}. Is the platform running, and is a Postgres at this address?`,
      };
  }
}
