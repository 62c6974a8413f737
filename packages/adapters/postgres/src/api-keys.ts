// API keys: 256 random bits shown once, kept as SHA-256. A revocation is effective within the cache's second.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Pool } from "pg";

export interface ApiKey {
  readonly keyId: string;
  readonly role: string;
  readonly vendor?: string;
}

export interface ApiKeys {
  /**
   * Makes a key and stores its hash; the secret is in the answer and nowhere else.
   * @param keyId a UUID, for callers that tell of the key before it exists; a new one when absent
   */
  issue(role: string, vendor?: string, keyId?: string): Promise<{ readonly keyId: string; readonly secret: string }>;
  /** The key of a secret; undefined when there is none or it was revoked more than a second ago. */
  verify(secret: string): Promise<ApiKey | undefined>;
  /** Is there such a key, not revoked? Asked of the database itself. */
  isActive(keyId: string): Promise<boolean>;
  /** False when there is no such key, or it was revoked before. */
  revoke(keyId: string): Promise<boolean>;
  list(): Promise<readonly (ApiKey & { readonly revoked: boolean })[]>;
}

interface KeyRow {
  readonly key_id: string;
  readonly role: string;
  readonly vendor: string | null;
  readonly revoked: boolean;
}

const prefix = "wsk_";
const rememberMs = 1_000;
const rememberAtMost = 10_000;

const hashOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();
const toKey = ({ key_id: keyId, role, vendor }: KeyRow): ApiKey => ({
  keyId,
  role,
  ...(vendor === null ? {} : { vendor }),
});

/** Keys in the database of the log, in the table beside the wrapped data keys. */
export function createApiKeys({ pool, schema }: { readonly pool: Pool; readonly schema: string }): ApiKeys {
  const remembered = new LRUCache<string, ApiKey>({ max: rememberAtMost, ttl: rememberMs });
  return {
    issue: async (role, vendor, keyId = randomUUID()) => {
      const secret = prefix + randomBytes(32).toString("base64url");
      await pool.query(`insert into ${schema}.api_key (key_id, hash, role, vendor) values ($1, $2, $3, $4)`, [
        keyId,
        hashOf(secret),
        role,
        vendor ?? null,
      ]);
      return { keyId, secret };
    },
    verify: async (secret) => {
      if (!secret.startsWith(prefix)) return undefined;
      const hash = hashOf(secret);
      const name = hash.toString("base64");
      const known = remembered.get(name);
      if (known !== undefined) return known;
      const { rows } = await pool.query<KeyRow>({
        name: "verify_key",
        text: `select key_id, role, vendor, false as revoked from ${schema}.api_key where hash = $1 and revoked_at is null`,
        values: [hash],
      });
      if (rows[0] === undefined) return undefined;
      const key = toKey(rows[0]);
      remembered.set(name, key);
      return key;
    },
    isActive: async (keyId) => {
      const { rowCount } = await pool.query(`select from ${schema}.api_key where key_id = $1 and revoked_at is null`, [
        keyId,
      ]);
      return rowCount === 1;
    },
    revoke: async (keyId) => {
      const { rowCount } = await pool.query(
        `update ${schema}.api_key set revoked_at = clock_timestamp() where key_id = $1 and revoked_at is null`,
        [keyId],
      );
      remembered.clear();
      return rowCount === 1;
    },
    list: async () => {
      const { rows } = await pool.query<KeyRow>(
        `select key_id, role, vendor, revoked_at is not null as revoked from ${schema}.api_key order by issued_at, key_id`,
      );
      return rows.map((row) => ({ ...toKey(row), revoked: row.revoked }));
    },
  };
}
