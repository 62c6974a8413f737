// The read models of this release.
import type { ReadModel } from "@wedsync/adapter-postgres";
import { executions } from "./executions.js";
import { weddings } from "./weddings.js";

export const readModels: readonly ReadModel[] = [executions as ReadModel, weddings as ReadModel];
