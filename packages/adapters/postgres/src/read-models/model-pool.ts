// Connections of the role that owns the read models. A login is a member of it; every session takes the role on, so that
// what it makes belongs to the role and not to one login.
import { Pool } from "pg";
import { patientConnection } from "../patience.js";

/** @param role a group role the login is a member of */
export function openModelPool(options: {
  readonly connectionString: string;
  readonly role: string;
  /** Connections, 1 to 50. */
  readonly max: number;
  readonly name: string;
}): Pool {
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.max,
    application_name: options.name,
    ...patientConnection(),
    // Dates are read as text: one form, whatever the server prefers.
    options: `-c role=${options.role} -c datestyle=ISO`,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  // The pool listens only while a connection is idle; one that breaks at work is reported by its next statement.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}
