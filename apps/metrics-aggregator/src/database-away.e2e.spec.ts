// A database that is gone: the process stays, says that it is not ready, and goes on when the database is back.
import { createApiClient, startApp, startOwnCluster, until } from "@wedsync/test";
import { migrate } from "@wedsync/adapter-postgres";
import { executionListTable, schedulerInline, weddingDemandTable } from "@wedsync/scheduler";
import { migrateDatabase } from "./migration.js";
import { appProgram } from "./testing/running-aggregator.js";

it("AGG-4: is not ready while the database does not answer, and is ready again afterwards", async () => {
  const cluster = await startOwnCluster();
  try {
    const url = cluster.server.url();
    await migrate({
      connectionString: url,
      inline: schedulerInline,
      readModels: [executionListTable, weddingDemandTable],
    });
    await migrateDatabase(url);
    const app = await startApp(appProgram, { DATABASE_URL: url, WEDSYNC_METRICS_PORT: "0", LOG_LEVEL: "silent" });
    const api = createApiClient(app.url, "");
    const ready = async () => {
      const { status, body } = await api.call<{ checks: Record<string, string> }>("GET", "/health/ready");
      return { status, checks: body.checks };
    };
    await until(ready, ({ status }) => status === 200);
    process.kill(cluster.server.pid, "SIGKILL");
    const away = await until(ready, ({ checks }) => checks["database"] === "failed: does not answer");
    expect(away.status).toBe(503);
    await cluster.restart();
    const back = await until(ready, ({ status }) => status === 200);
    expect(back.checks).toEqual({ database: "ok", executions: "ok", weddings: "ok" });
    await app.stop();
  } finally {
    await cluster.stop();
  }
});
