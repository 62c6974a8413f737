// Builds and starts one process from its environment.
import { openApplication } from "@wedsync/adapter-nest";
import type { RunningApp } from "@wedsync/adapter-process";
import { AppModule } from "./app.module.js";
import type { Environment } from "./config/environment.js";
import { endpoints } from "./contract/endpoints.js";
import { openPlatform } from "./platform/platform.js";

const maxBody = 64 * 1024;

/** @throws AdapterError and others with one clear line when the environment will not do. */
export async function startAggregator(environment: Environment): Promise<RunningApp> {
  const platform = await openPlatform(environment);
  try {
    const application = await openApplication({
      module: AppModule.for(platform),
      bodyLimit: maxBody,
      jwtSecret: environment.SUPABASE_JWT_SECRET,
      access: () => ({
        endpoints,
        keys: platform.apiKeys,
        requestsPerMinute: environment.WEDSYNC_RATE_LIMIT,
        requests: platform.metrics.requests,
        onRefused: (endpoint, context, code) => platform.refused(endpoint.command ?? endpoint.operation, code, context),
      }),
    });
    await platform.projector.start();
    return {
      port: await application.listen(environment.WEDSYNC_METRICS_PORT, environment.WEDSYNC_HOST),
      stop: async () => {
        await application.close();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}
