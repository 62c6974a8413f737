// A database that is gone: the process stays, says that it is not ready, and goes on when the database is back.
import { randomBytes } from "node:crypto";
import { createApiClient, startApp, startOwnCluster, until } from "@wedsync/test";
import { migrateDatabase } from "./migration.js";
import { appProgram } from "./testing/running-platform.js";

it("SEC-2 S30: is not ready while the database does not answer, and is ready again afterwards", async () => {
  const cluster = await startOwnCluster();
  try {
    const url = cluster.server.url();
    await migrateDatabase(url);
    const app = await startApp(appProgram, {
      DATABASE_URL: url,
      SMTP_URL: "smtp://127.0.0.1:1",
      WEDSYNC_PORT: "0",
      WEDSYNC_MASTER_KEY: randomBytes(32).toString("base64"),
      LOG_LEVEL: "silent",
    });
    const api = createApiClient(app.url, "");
    const ready = async () => {
      const { status, body } = await api.call<{ checks: Record<string, string> }>("GET", "/health/ready");
      return { status, database: body.checks["database"] };
    };
    const reach = async (status: number, database: string) =>
      await until(ready, (found) => found.status === status && found.database === database);
    await reach(200, "ok");
    process.kill(cluster.server.pid, "SIGKILL");
    await reach(503, "failed: does not answer");
    expect((await api.call("GET", "/health/live")).status).toBe(200);
    await cluster.restart();
    await reach(200, "ok");
    await app.stop();
  } finally {
    await cluster.stop();
  }
});
