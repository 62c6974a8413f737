// `wedsync import`: the flags of the season's import.
import { Option } from "commander";
import { id } from "../arguments.js";
import { fields } from "../import/columns.js";
import { runImport, type ImportFlags } from "../import/run.js";
import type { Register } from "../register.js";

const after = `
Map fields: ${fields.join(", ")}; without --map, columns named like these are taken.
Without an id column, a wedding's id is made from its date, bookedOn, names and e-mail as in the file.
A run that was stopped is repeated as it was: nothing is imported twice. Bad lines are named; the others count.

Example:
  npx pnpm@12 wedsync import weddings bookings.csv --vendor rose-hall --time-zone Europe/Lisbon \\
    --map id=booking_id,date=event_date,bookedOn=booked_on,status=status,statusDate=status_date --shift-days auto`;

export const registerImport: Register = (program, act) => {
  const group = program.command("import").description("load records into the running platform");
  const command = group
    .command("weddings")
    .description("load weddings from a CSV file")
    .argument("<file>", "CSV file, UTF-8, its first line naming the columns")
    .requiredOption("--vendor <id>", "whose weddings these are; made when missing", id)
    .requiredOption("--time-zone <zone>", "where the weddings are, as in Europe/London")
    .option("--map <pairs>", "which column is what: date=event_date,id=booking_id,...")
    .option("--journey <id>", "journey to book each wedding through", id)
    .option("--shift-days <days>", "move all dates by so many days; auto: the busiest month comes to today", "0")
    .option("--today <date>", "take this day for today (default: the server's)")
    .option("--delimiter <character>", "what separates columns", ",")
    .option(
      "--market <market>",
      "the vendor's market when it is made, as in united-kingdom (default: the time zone's)",
      id,
    )
    .option("--vendor-name <name>", "the vendor's name when it is made (default: its id)")
    .addHelpText("after", after);
  const types = ["photographer", "venue", "florist", "caterer", "other"];
  command.addOption(
    new Option("--vendor-type <type>", "the vendor's type when it is made").choices(types).default("other"),
  );
  act<ImportFlags>(command, runImport);
};
