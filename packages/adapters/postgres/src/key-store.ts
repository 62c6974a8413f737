// Personal data at rest: one AES-256 key for each (vendor, wedding), wrapped by the master key, in a table of its own.
// Deleting the row makes every copy of the data unreadable, in the log and everywhere else.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomFillSync,
  randomUUID,
  type KeyObject,
} from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import { unwrap, wrap } from "./master-key.js";

/** Ciphertext as it stands in events: AES-256-GCM, parts in base64. */
export interface SealedValue {
  readonly key: string;
  readonly iv: string;
  readonly tag: string;
  readonly body: string;
}

export interface KeyStore {
  /** Encrypts a JSON value for one couple; `-` as wedding is the vendor itself. Makes the key at the first use. */
  seal(vendor: string, wedding: string, value: unknown): Promise<SealedValue>;
  /** The value again; undefined when its key was erased. @throws when the ciphertext was tampered with. */
  open(vendor: string, wedding: string, sealed: SealedValue): Promise<unknown>;
  /** HMAC-SHA-256 of a text under the couple's key, hexadecimal: equal texts are recognised, nothing else. */
  digest(vendor: string, wedding: string, text: string): Promise<string>;
  /** Loads or makes many keys in two statements, before a batch. */
  prepare(pairs: readonly { readonly vendor: string; readonly wedding: string }[]): Promise<void>;
  /** Deletes the key; what it sealed can never be read again. False when there was none. */
  erase(vendor: string, wedding: string): Promise<boolean>;
}

interface DataKey {
  readonly id: string;
  readonly secret: KeyObject;
  readonly digestKey: KeyObject;
  /** The id's bytes, which every ciphertext is bound to. */
  readonly bound: Buffer;
}

interface KeyRow {
  readonly key_id: string;
  readonly vendor: string;
  readonly wedding: string;
  readonly wrapped: Buffer;
}

export interface KeyStoreOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly masterKey: Buffer;
  /** Keys kept in memory, at most; 20,000 when absent. */
  readonly cached?: number;
}

const ivBytes = 12;
const randomness = Buffer.alloc(ivBytes * 256);
let used = randomness.length;

/** A fresh nonce as a copy of its own. The operating system is asked for many at a time: one execution seals twice. */
function newIv(): Buffer {
  if (used === randomness.length) {
    randomFillSync(randomness);
    used = 0;
  }
  used += ivBytes;
  return Buffer.from(randomness.subarray(used - ivBytes, used));
}

const nameOf = (vendor: string, wedding: string): string => `${vendor}/${wedding}`;

export function createKeyStore({ pool, schema, masterKey, cached = 20_000 }: KeyStoreOptions): KeyStore {
  // A cached key outlives its erasure in other processes by at most this long.
  const cache = new LRUCache<string, DataKey>({ max: cached, ttl: 60_000 });
  // The JSON text of what this process sealed or opened, for as long as somebody holds the very same ciphertext: what was
  // accepted a moment ago, and the couple of a wedding that is in memory.
  const opened = new WeakMap<SealedValue, string>();

  const remember = ({ key_id: id, vendor, wedding, wrapped }: KeyRow): DataKey => {
    const secret = unwrap(masterKey, wrapped, `${id}/${vendor}/${wedding}`);
    const key = {
      id,
      secret: createSecretKey(secret),
      digestKey: createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "wedsync digest", 32))),
      bound: Buffer.from(id),
    };
    cache.set(nameOf(vendor, wedding), key);
    return key;
  };

  const load = async (pairs: readonly { readonly vendor: string; readonly wedding: string }[]): Promise<void> => {
    const { rows } = await pool.query<KeyRow>(
      `select k.key_id, k.vendor, k.wedding, k.wrapped
         from unnest($1::text[], $2::text[]) as u(vendor, wedding)
         join ${schema}.data_key k using (vendor, wedding)`,
      [pairs.map((pair) => pair.vendor), pairs.map((pair) => pair.wedding)],
    );
    for (const row of rows) remember(row);
  };

  const make = async (pairs: readonly { readonly vendor: string; readonly wedding: string }[]): Promise<void> => {
    const made = pairs.map(({ vendor, wedding }) => {
      const id = randomUUID();
      return { id, vendor, wedding, wrapped: wrap(masterKey, randomBytes(32), `${id}/${vendor}/${wedding}`) };
    });
    await pool.query(
      `insert into ${schema}.data_key (key_id, vendor, wedding, wrapped)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[]) on conflict (vendor, wedding) do nothing`,
      [
        made.map((key) => key.id),
        made.map((key) => key.vendor),
        made.map((key) => key.wedding),
        made.map((key) => key.wrapped),
      ],
    );
    // Another process may have been first: what stands in the table is the key.
    await load(pairs);
  };

  const prepare: KeyStore["prepare"] = async (pairs) => {
    const unique = new Map(pairs.map((pair) => [nameOf(pair.vendor, pair.wedding), pair]));
    const absent = () => [...unique].flatMap(([name, pair]) => (cache.has(name) ? [] : [pair]));
    const unknown = absent();
    if (unknown.length === 0) return;
    await load(unknown);
    const missing = absent();
    if (missing.length > 0) await make(missing);
  };

  const keyFor = async (vendor: string, wedding: string): Promise<DataKey> => {
    const known = cache.get(nameOf(vendor, wedding));
    if (known !== undefined) return known;
    await prepare([{ vendor, wedding }]);
    const key = cache.get(nameOf(vendor, wedding));
    if (key === undefined) throw new Error("A data key could neither be read nor made.");
    return key;
  };

  return {
    prepare,
    seal: async (vendor, wedding, value) => {
      const key = await keyFor(vendor, wedding);
      const iv = newIv();
      const cipher = createCipheriv("aes-256-gcm", key.secret, iv).setAAD(key.bound);
      const text = JSON.stringify(value);
      // GCM is a stream cipher: nothing is left for the end.
      const body = cipher.update(text, "utf8");
      cipher.final();
      const sealed = {
        key: key.id,
        iv: iv.toString("base64"),
        tag: cipher.getAuthTag().toString("base64"),
        body: body.toString("base64"),
      };
      opened.set(sealed, text);
      return sealed;
    },
    open: async (vendor, wedding, sealed) => {
      let key = cache.get(nameOf(vendor, wedding));
      if (key === undefined) {
        await load([{ vendor, wedding }]);
        key = cache.get(nameOf(vendor, wedding));
      }
      // No key, or a new one after an erasure: the value is gone.
      if (key === undefined || key.id !== sealed.key) return undefined;
      const known = opened.get(sealed);
      if (known !== undefined) return JSON.parse(known) as unknown;
      const decipher = createDecipheriv("aes-256-gcm", key.secret, Buffer.from(sealed.iv, "base64")).setAAD(key.bound);
      decipher.setAuthTag(Buffer.from(sealed.tag, "base64"));
      const text = Buffer.concat([decipher.update(Buffer.from(sealed.body, "base64")), decipher.final()]).toString(
        "utf8",
      );
      opened.set(sealed, text);
      return JSON.parse(text) as unknown;
    },
    digest: async (vendor, wedding, text) => {
      const key = await keyFor(vendor, wedding);
      return createHmac("sha256", key.digestKey).update(text).digest("hex");
    },
    erase: async (vendor, wedding) => {
      const { rowCount } = await pool.query(`delete from ${schema}.data_key where vendor = $1 and wedding = $2`, [
        vendor,
        wedding,
      ]);
      cache.delete(nameOf(vendor, wedding));
      return rowCount === 1;
    },
  };
}
