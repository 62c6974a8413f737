// `node dist/migrate.js`: migrates DATABASE_URL as its owner, or prints the SQL with --print.
import { migrateDatabase, migrationText } from "./migration.js";

const [flag] = process.argv.slice(2);
const url = process.env["DATABASE_URL"];
if (flag === "--print") process.stdout.write(migrationText());
else if (flag !== undefined) {
  process.stderr.write("usage: migrate [--print]   (DATABASE_URL names the database, as its owner)\n");
  process.exitCode = 2;
} else if (url === undefined) {
  process.stderr.write(
    "DATABASE_URL is missing; for example DATABASE_URL=postgres://owner:secret@db.internal:5432/wedsync\n",
  );
  process.exitCode = 2;
} else {
  await migrateDatabase(url).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "the migration failed"}\n`);
    process.exitCode = 1;
  });
}
