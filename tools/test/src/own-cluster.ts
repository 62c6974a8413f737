// A Postgres of its own, for specs that stop, kill or restart the server. Everybody else shares the run's.
import { join } from "node:path";
import { startServer, type EmbeddedServer } from "@wedsync/adapter-embedded-postgres";
import { makeFolder } from "./folder.js";

export interface OwnCluster {
  readonly server: EmbeddedServer;
  /** Starts the server again after it was killed. */
  restart(): Promise<EmbeddedServer>;
  stop(): Promise<void>;
}

export async function startOwnCluster(settings: Readonly<Record<string, string>> = {}): Promise<OwnCluster> {
  const dataDir = join(await makeFolder("cluster"), "postgres");
  let server = await startServer({ dataDir, settings });
  return {
    server,
    restart: async () => {
      await server.stop();
      server = await startServer({ dataDir, settings, port: server.port });
      return server;
    },
    stop: async () => await server.stop(),
  };
}
