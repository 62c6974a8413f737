// The database of this release: inline tables of the scheduler and read models of this app, in one migration.
import { migrate, printMigration } from "@wedsync/adapter-postgres";
import { executionListTable, schedulerInline, weddingDemandTable } from "@wedsync/scheduler";

const readModels = [executionListTable, weddingDemandTable];

/** Brings a database up to this release; safe to run twice. */
export async function migrateDatabase(connectionString: string): Promise<void> {
  await migrate({ connectionString, inline: schedulerInline, readModels });
}

/** The same as SQL, for operators who run it themselves. */
export const migrationText = (): string => printMigration(schedulerInline, "wedsync", readModels);
