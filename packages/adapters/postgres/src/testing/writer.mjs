// A writer process for the completeness test: appends batches of `rows` events until its channel says stop, and reports
// every stream that was acknowledged.
import { randomUUID } from "node:crypto";
import { openPostgresLog } from "@wedsync/adapter-postgres";
import { v7 as uuidv7 } from "uuid";

const [url, rows] = process.argv.slice(2);
// The tables of the fixture (the append function takes their rows), but nothing to fold.
const inline = {
  tables: [{ name: "note", key: "stream", columns: { stream: "uuid", text: "text", amount: "int8", open: "bool" } }],
  fold: () => [],
};
const log = openPostgresLog({ connectionString: url, inline, readers: 1 });
const stop = new AbortController();
process.on("message", () => stop.abort());
const acknowledged = [];
process.send("ready");
while (!stop.signal.aborted) {
  const stream = randomUUID();
  const result = await log.append({
    class: "normal",
    meta: { source: "/test", time: Date.now(), correlationId: stream, actor: "system:test", region: "test" },
    streams: [
      {
        category: "fact",
        stream,
        expectedVersion: 0,
        events: Array.from({ length: Number(rows) }, (_, n) => ({
          id: uuidv7(),
          type: "Counted",
          schemaVersion: 1,
          data: { n },
        })),
      },
    ],
  });
  if (result.ok) acknowledged.push([result.firstPosition.toString(), result.lastPosition.toString()]);
}
process.send({ acknowledged }, () => process.disconnect());
await log.close();
