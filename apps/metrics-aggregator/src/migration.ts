// What the database's owner prepares for this app. Its tables are not part of it: the app makes and rebuilds them itself.
import { migrateReadModels, printReadModelMigration, type ReadModelMigration } from "@wedsync/adapter-postgres";
import { schedulerInline } from "@wedsync/scheduler";

const migration: ReadModelMigration = { inline: schedulerInline, appends: ["ProjectionSwitched", "CommandRefused"] };

/** Brings a database up to this release, after the log's own migration; safe to run twice. */
export async function migrateDatabase(connectionString: string): Promise<void> {
  await migrateReadModels({ ...migration, connectionString });
}

/** The same as SQL, for operators who run it themselves. */
export const migrationText = (): string => printReadModelMigration(migration);
