// An app's HTTP side from its routes to its port: guarded routes, sane limits, security headers.
import helmet from "@fastify/helmet";
import type { DynamicModule } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { type AccessOptions, guardRoutes, unreadableAnswers } from "@wedsync/adapter-http";
import type { FastifyInstance } from "fastify";

export interface ApplicationOptions {
  readonly module: DynamicModule;
  /** Largest body of any route, bytes; a route's own limit is its endpoint's. */
  readonly bodyLimit: number;
  /** Secret of HS256 JSON Web Tokens; without it only API keys are accepted. */
  readonly jwtSecret?: string | undefined;
  /** Who may call what; needs the application where it tells services of refusals. */
  readonly access: (app: NestFastifyApplication) => Omit<AccessOptions, "jwtSecret">;
  /** Hooks that must see every request, before any other. */
  readonly onFastify?: (fastify: FastifyInstance) => void;
}

export interface OpenApplication {
  /** Begins to answer. Returns the port: the one asked for, or the one picked for 0. */
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

/** What requests that are being answered have left when the application closes. */
const closeGraceMs = 5_000;

/** Builds the application; nothing is answered before `listen`. */
export async function openApplication(options: ApplicationOptions): Promise<OpenApplication> {
  const { module, bodyLimit, jwtSecret, access, onFastify } = options;
  const adapter = new FastifyAdapter({
    bodyLimit,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 300 },
    ...unreadableAnswers,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: ["error", "warn"],
    abortOnError: false,
    // `guardRoutes` reads bodies; Nest's reader replaces what is no UTF-8.
    bodyParser: false,
  });
  const fastify: FastifyInstance = adapter.getInstance();
  onFastify?.(fastify);
  await guardRoutes(fastify, {
    ...access(app),
    ...(jwtSecret === undefined ? {} : { jwtSecret: new TextEncoder().encode(jwtSecret) }),
  });
  await app.register(helmet);
  fastify.addHook("preClose", (done) => {
    // Idle connections are closed at once. One that never carried a request does not count as idle, and would keep the process
    // until its time to send one is over.
    setTimeout(() => adapter.getHttpServer().closeAllConnections(), closeGraceMs).unref();
    done();
  });
  return {
    listen: async (port, host) => {
      await app.listen(port, host);
      const address = adapter.getHttpServer().address();
      return typeof address === "object" && address !== null ? address.port : port;
    },
    close: async () => await app.close(),
  };
}
