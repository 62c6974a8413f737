// What the process is made of. Packages know no framework; here their parts get injection tokens, and roles a life cycle.
import { type DynamicModule, Module, type Provider } from "@nestjs/common";
import { APP_FILTER, APP_GUARD } from "@nestjs/core";
import { ProblemFilter, STANDING, type Standing, StandingController, ValidationGuard } from "@wedsync/adapter-nest";
import { Readiness } from "@wedsync/adapter-process";
import { apiPage, openApi } from "./contract/description.js";
import { ExecutionsController } from "./controllers/executions.controller.js";
import { JourneysController } from "./controllers/journeys.controller.js";
import { KeysController } from "./controllers/keys.controller.js";
import { ModulesController } from "./controllers/modules.controller.js";
import { OperationsController } from "./controllers/operations.controller.js";
import { ScalingController } from "./controllers/scaling.controller.js";
import { VendorsController } from "./controllers/vendors.controller.js";
import { WeddingsController } from "./controllers/weddings.controller.js";
import type { Platform } from "./platform/platform.js";
import * as tokens from "./platform/tokens.js";
import { DispatcherRole } from "./roles/dispatcher.role.js";
import { ReadModelRole } from "./roles/read-model.role.js";
import { RegistryRole } from "./roles/registry.role.js";
import { ScalingRole } from "./roles/scaling.role.js";
import { WorkerRole } from "./roles/worker.role.js";
import { Audit } from "./services/audit.js";
import { ExecutionQueries } from "./services/execution-queries.js";
import { Executions } from "./services/executions.js";
import { Journeys } from "./services/journeys.js";
import { ScalingView } from "./services/scaling-view.js";
import { SeasonPolicies } from "./services/season-policies.js";
import { Vendors } from "./services/vendors.js";
import { Weddings } from "./services/weddings.js";

const apiControllers = [
  VendorsController,
  WeddingsController,
  JourneysController,
  ExecutionsController,
  OperationsController,
  KeysController,
  ModulesController,
  ScalingController,
];
const apiServices = [Audit, Vendors, Weddings, Journeys, Executions, ExecutionQueries, ScalingView, SeasonPolicies];

@Module({})
export class AppModule {
  /** The module for the roles of this process; health is served by every one. */
  static for(platform: Platform): DynamicModule {
    const isApi = platform.environment.WEDSYNC_ROLES.includes("api");
    return {
      module: AppModule,
      controllers: [StandingController, ...(isApi ? apiControllers : [])],
      providers: [
        ...valuesOf(platform),
        Readiness,
        { provide: STANDING, useFactory: standing(platform), inject: [Readiness] },
        RegistryRole,
        WorkerRole,
        ScalingRole,
        DispatcherRole,
        ReadModelRole,
        ...(isApi ? apiServices : []),
        { provide: APP_GUARD, useClass: ValidationGuard },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(platform.logger) },
      ],
    };
  }
}

/** The clock asks the database every second; after this long without an answer nothing here can be served. */
const silentAfterMs = 5_000;

const standing =
  ({ metrics, log, clock }: Platform) =>
  (readiness: Readiness): Standing => {
    readiness.set("database", () => (clock.silentMs() > silentAfterMs ? "failed: does not answer" : "ok"));
    readiness.set("log", () => (log.fenced ? "failed: fenced" : "ok"));
    return { readiness, registry: metrics.registry, document: openApi(), page: apiPage() };
  };

function valuesOf(platform: Platform): readonly Provider[] {
  const values: readonly (readonly [symbol, unknown])[] = [
    [tokens.PLATFORM, platform],
    [tokens.ENVIRONMENT, platform.environment],
    [tokens.LOGGER, platform.logger],
    [tokens.METRICS, platform.metrics],
    [tokens.LOG, platform.log],
    [tokens.CLOCK, platform.clock],
    [tokens.INDEX, platform.index],
    [tokens.KEYS, platform.keys],
    [tokens.API_KEYS, platform.apiKeys],
    [tokens.LEASES, platform.leases],
    [tokens.REGISTRY, platform.registry],
    [tokens.STATES, platform.states],
    [tokens.SCHEDULER, platform.scheduler],
  ];
  return values.map(([provide, useValue]) => ({ provide, useValue }));
}
