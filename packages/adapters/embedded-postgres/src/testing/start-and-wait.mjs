// Starts the server of a folder, says so, and waits to be killed.
import { startServer } from "@wedsync/adapter-embedded-postgres";

const server = await startServer({ dataDir: process.argv[2] ?? "" });
process.send?.({ pid: server.pid, port: server.port });
setInterval(() => undefined, 60_000);
