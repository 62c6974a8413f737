// What the process is made of. Packages know no framework; here their parts get injection tokens.
import { type DynamicModule, Module } from "@nestjs/common";
import { APP_FILTER, APP_GUARD } from "@nestjs/core";
import { ExecutionsController } from "./controllers/executions.controller.js";
import { HealthController } from "./controllers/health.controller.js";
import { ReadModelsController } from "./controllers/read-models.controller.js";
import { WeddingsController } from "./controllers/weddings.controller.js";
import { ProblemFilter } from "./http/problem.filter.js";
import { ValidationGuard } from "./http/validation.js";
import type { Platform } from "./platform/platform.js";
import { PLATFORM } from "./platform/tokens.js";

@Module({})
export class AppModule {
  static for(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      controllers: [HealthController, ExecutionsController, WeddingsController, ReadModelsController],
      providers: [
        { provide: PLATFORM, useValue: platform },
        { provide: APP_GUARD, useClass: ValidationGuard },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(platform.logger) },
      ],
    };
  }
}
