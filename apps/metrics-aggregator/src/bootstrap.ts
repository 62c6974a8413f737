// Builds and starts one process from its environment.
import helmet from "@fastify/helmet";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { answerBadAddress, guardRoutes } from "@wedsync/adapter-http";
import type { RunningApp } from "@wedsync/adapter-process";
import { AppModule } from "./app.module.js";
import type { Environment } from "./config/environment.js";
import { endpoints } from "./contract/endpoints.js";
import { openPlatform } from "./platform/platform.js";

/** @throws AdapterError and others with one clear line when the environment will not do. */
export async function startAggregator(environment: Environment): Promise<RunningApp> {
  const platform = await openPlatform(environment);
  try {
    const adapter = new FastifyAdapter({
      bodyLimit: 64 * 1024,
      requestTimeout: 60_000,
      keepAliveTimeout: 65_000,
      routerOptions: { maxParamLength: 300 },
      frameworkErrors: answerBadAddress,
    });
    const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(platform), adapter, {
      logger: ["error", "warn"],
      abortOnError: false,
    });
    await guardRoutes(adapter.getInstance(), {
      endpoints,
      keys: platform.apiKeys,
      requestsPerMinute: environment.WEDSYNC_RATE_LIMIT,
      requests: platform.metrics.requests,
      ...(environment.SUPABASE_JWT_SECRET === undefined
        ? {}
        : { jwtSecret: new TextEncoder().encode(environment.SUPABASE_JWT_SECRET) }),
      // This app may not write to the log: a refusal is a line of its own log.
      onRefused: (endpoint, context, code) =>
        platform.logger.warn({ operation: endpoint.operation, code, actor: context.caller.actor }, "request refused"),
    });
    await app.register(helmet);
    await platform.projector.start();
    await app.listen(environment.WEDSYNC_METRICS_PORT, environment.WEDSYNC_HOST);
    const address = adapter.getHttpServer().address();
    return {
      port: typeof address === "object" && address !== null ? address.port : environment.WEDSYNC_METRICS_PORT,
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
