// Queries with the rights of whoever asks: the role and the claims are set for one transaction and gone with it.
import type { Pool } from "pg";
import { opsRole, vendorRole } from "./tenant-table.js";
import { inTransaction } from "../transaction.js";

/** Chosen by the server after its own check of the caller; never taken from a token. */
export type ReadScope = { readonly all: true } | { readonly vendor: string };

export interface ScopedReader {
  query<Row>(scope: ReadScope, text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

const timeoutMs = 5_000;

/**
 * Each query is one transaction of one statement, read committed: its snapshot is taken after the names were looked up, so
 * that a query that begins after a switch never sees the new table as it was before it.
 */
export function createScopedReader({ pool }: { readonly pool: Pool }): ScopedReader {
  return {
    query: async <Row>(scope: ReadScope, text: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
      const role = "vendor" in scope ? vendorRole : opsRole;
      const claims = "vendor" in scope ? { app_metadata: { wedsync: { role: "vendor", vendorId: scope.vendor } } } : {};
      return await inTransaction(pool, async (client) => {
        await client.query(
          `set transaction isolation level read committed, read only; set local role ${role}; set local statement_timeout = ${timeoutMs}`,
        );
        await client.query("select set_config('request.jwt.claims', $1, true)", [JSON.stringify(claims)]);
        return (await client.query(text, [...values])).rows as Row[];
      });
    },
  };
}
