// What the process is made of. Packages know no framework; here their parts get injection tokens.
import { type DynamicModule, Module } from "@nestjs/common";
import { APP_FILTER, APP_GUARD } from "@nestjs/core";
import { ProblemFilter, STANDING, type Standing, StandingController, ValidationGuard } from "@wedsync/adapter-nest";
import { apiPage, openApi } from "./contract/description.js";
import { ExecutionsController } from "./controllers/executions.controller.js";
import { ReadModelsController } from "./controllers/read-models.controller.js";
import { WeddingsController } from "./controllers/weddings.controller.js";
import type { Platform } from "./platform/platform.js";
import { PLATFORM } from "./platform/tokens.js";

@Module({})
export class AppModule {
  static for(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      controllers: [StandingController, ExecutionsController, WeddingsController, ReadModelsController],
      providers: [
        { provide: PLATFORM, useValue: platform },
        { provide: STANDING, useValue: standing(platform) },
        { provide: APP_GUARD, useClass: ValidationGuard },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(platform.logger) },
      ],
    };
  }
}

const standing = ({ readiness, metrics, lag }: Platform): Standing => ({
  readiness,
  registry: metrics.registry,
  beforeScrape: async () => metrics.showLag(await lag()),
  document: openApi(),
  page: apiPage(),
});
