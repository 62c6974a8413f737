// The key that wraps all others: 32 bytes, from the environment or from a file of the data folder. A wrong one is noticed at
// the start, not at the first mail.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { adapterError } from "./errors.js";

const canaryId = "00000000-0000-0000-0000-000000000000";
const canaryText = "wedsync";

/** Reads 32 bytes of base64. @throws AdapterError `master_key_invalid` */
export function parseMasterKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), "base64");
  if (key.length !== 32 || key.toString("base64") !== text.trim()) {
    throw adapterError(
      "master_key_invalid",
      "WEDSYNC_MASTER_KEY must be 32 bytes in base64; make one with `openssl rand -base64 32`.",
    );
  }
  return key;
}

export function wrap(masterKey: Buffer, plain: Buffer, context: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", masterKey, iv).setAAD(Buffer.from(context));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws AdapterError `master_key_wrong` when the key or the context differs from the one that wrapped it. */
export function unwrap(masterKey: Buffer, wrapped: Buffer, context: string): Buffer {
  try {
    const decipher = createDecipheriv("aes-256-gcm", masterKey, wrapped.subarray(0, 12)).setAAD(Buffer.from(context));
    decipher.setAuthTag(wrapped.subarray(-16));
    return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
  } catch (error) {
    throw adapterError(
      "master_key_wrong",
      "WEDSYNC_MASTER_KEY is not the key this database was written with; restore the right one.",
      error,
    );
  }
}

/** Writes a known value at the first start and reads it at every other. @throws AdapterError `master_key_wrong` */
export async function assertMasterKey(pool: Pool, schema: string, masterKey: Buffer): Promise<void> {
  await pool.query(
    `insert into ${schema}.data_key (key_id, vendor, wedding, wrapped) values ($1, '', '', $2) on conflict do nothing`,
    [canaryId, wrap(masterKey, Buffer.from(canaryText), canaryId)],
  );
  const { rows } = await pool.query<{ wrapped: Buffer }>(`select wrapped from ${schema}.data_key where key_id = $1`, [
    canaryId,
  ]);
  unwrap(masterKey, rows[0]?.wrapped ?? Buffer.alloc(0), canaryId);
}
