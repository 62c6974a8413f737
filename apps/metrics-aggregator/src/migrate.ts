// `node dist/migrate.js`: migrates DATABASE_URL as its owner, or prints the SQL with --print.
import { runMigration } from "@wedsync/adapter-process";
import { migrateDatabase, migrationText } from "./migration.js";

await runMigration({ migrate: migrateDatabase, text: migrationText });
