// Builds and starts one process from its environment.
import helmet from "@fastify/helmet";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { answerBadAddress, guardRoutes } from "@wedsync/adapter-http";
import { AppModule } from "./app.module.js";
import type { Environment } from "./config/environment.js";
import { endpoints } from "./contract/endpoints.js";
import { openPlatform } from "./platform/platform.js";
import { Audit } from "./services/audit.js";
import { traceRequests } from "./telemetry/request-spans.js";

export interface RunningOrchestrator {
  readonly port: number;
  /** Finishes what runs, gives up leases and leadership, closes everything. */
  stop(): Promise<void>;
}

const maxBody = 8 * 1024 * 1024;

/** @throws AdapterError and others with one clear line when the environment will not do. */
export async function startOrchestrator(environment: Environment): Promise<RunningOrchestrator> {
  const platform = await openPlatform(environment);
  try {
    const adapter = new FastifyAdapter({
      bodyLimit: maxBody,
      requestTimeout: 60_000,
      keepAliveTimeout: 65_000,
      routerOptions: { maxParamLength: 300 },
      frameworkErrors: answerBadAddress,
    });
    const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(platform), adapter, {
      logger: ["error", "warn"],
      abortOnError: false,
    });
    const fastify = adapter.getInstance();
    traceRequests(fastify, platform.tracer);
    const isApi = environment.WEDSYNC_ROLES.includes("api");
    await guardRoutes(fastify, {
      endpoints,
      keys: platform.apiKeys,
      requestsPerMinute: environment.WEDSYNC_RATE_LIMIT,
      requests: platform.metrics.requests,
      ...(environment.SUPABASE_JWT_SECRET === undefined
        ? {}
        : { jwtSecret: new TextEncoder().encode(environment.SUPABASE_JWT_SECRET) }),
      onRefused: (endpoint, context, code) => {
        if (isApi) app.get(Audit).refused(endpoint.command ?? endpoint.operation, code, context);
      },
    });
    await app.register(helmet);
    await app.listen(environment.WEDSYNC_PORT, environment.WEDSYNC_HOST);
    const address = adapter.getHttpServer().address();
    return {
      port: typeof address === "object" && address !== null ? address.port : environment.WEDSYNC_PORT,
      stop: async () => {
        await app.close();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}
