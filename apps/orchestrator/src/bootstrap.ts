// Builds and starts one process from its environment.
import { openApplication } from "@wedsync/adapter-nest";
import type { RunningApp } from "@wedsync/adapter-process";
import { AppModule } from "./app.module.js";
import type { Environment } from "./config/environment.js";
import { endpoints } from "./contract/endpoints.js";
import { openPlatform } from "./platform/platform.js";
import { Audit } from "./services/audit.js";
import { traceRequests } from "./telemetry/request-spans.js";

const maxBody = 8 * 1024 * 1024;

/**
 * Stopping finishes what runs and gives up leases and leadership first.
 * @throws AdapterError and others with one clear line when the environment will not do
 */
export async function startOrchestrator(environment: Environment): Promise<RunningApp> {
  const platform = await openPlatform(environment);
  try {
    const isApi = environment.WEDSYNC_ROLES.includes("api");
    const application = await openApplication({
      module: AppModule.for(platform),
      bodyLimit: maxBody,
      jwtSecret: environment.SUPABASE_JWT_SECRET,
      onFastify: (fastify) => traceRequests(fastify, platform.tracer),
      access: (app) => ({
        endpoints,
        keys: platform.apiKeys,
        requestsPerMinute: environment.WEDSYNC_RATE_LIMIT,
        requests: platform.metrics.requests,
        onRefused: (endpoint, context, code) => {
          if (isApi) app.get(Audit).refused(endpoint.command ?? endpoint.operation, code, context);
        },
      }),
    });
    return {
      port: await application.listen(environment.WEDSYNC_PORT, environment.WEDSYNC_HOST),
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
