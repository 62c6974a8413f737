// One transaction on a connection of a pool: committed when the work is done, rolled back when it throws.
import type { Pool, PoolClient } from "pg";
import { isUnanswered } from "./patience.js";

/** @param mode what follows `begin`, such as an isolation level */
export async function inTransaction<Value>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Value>,
  mode = "",
): Promise<Value> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin ${mode}`);
    const value = await work(client);
    await client.query("commit");
    return value;
  } catch (error) {
    // A silent server would not answer a rollback either; it rolls back when the connection ends.
    if (isUnanswered(error)) broken = error as Error;
    else
      await client.query("rollback").catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error("rollback failed");
      });
    throw error;
  } finally {
    // A connection that could not roll back is not given to anybody else.
    client.release(broken);
  }
}
