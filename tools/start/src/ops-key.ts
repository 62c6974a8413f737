// The operator's key: made once, in a file that only its owner reads. The log is told of it first, as of any other key.
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createApiKeys, openPostgresLog } from "@wedsync/adapter-postgres";
import { createCodec } from "@wedsync/contracts";
import { platformEvents } from "@wedsync/contracts/platform";
import { schedulerInline } from "@wedsync/scheduler";
import { v7 } from "uuid";
import type { DataFolder } from "./data-folder.js";

const codec = createCodec(platformEvents);

/** The key in the folder's file, or a new one when there is none or it is of another database. */
export async function opsKey(connectionString: string, folder: DataFolder): Promise<string> {
  const log = openPostgresLog({ connectionString, inline: schedulerInline, readers: 1 });
  try {
    const keys = createApiKeys({ pool: log.pool, schema: log.schema });
    const known = (await readFile(folder.opsKeyFile, "utf8").catch(() => "")).trim();
    if (known !== "" && (await keys.verify(known)) !== undefined) return known;
    const keyId = randomUUID();
    const event = { id: v7(), ...codec.encode({ type: "ApiKeyIssued", data: { keyId, role: "ops" } }) };
    const result = await log.append({
      class: "control",
      meta: { source: "/start", time: Date.now(), correlationId: keyId, actor: "system:start", region: "local" },
      streams: [{ category: "platform", stream: v7(), expectedVersion: 0, events: [event] }],
    });
    if (!result.ok) throw Object.assign(new Error("The operator's key could not be recorded."), { code: result.code });
    const { secret } = await keys.issue("ops", undefined, keyId);
    await writeFile(folder.opsKeyFile, `${secret}\n`, { mode: 0o600 });
    return secret;
  } finally {
    await log.close();
  }
}
