// `import weddings`: choose the shift, make the vendor, send the season, say what came of it.
import { startProgress } from "@wedsync/adapter-terminal";
import type { Client } from "../client.js";
import { fail, ok, type Result } from "../result.js";
import { patient, type Output, type Session, type Shell } from "../shell.js";
import { dayInZone, formatDay, isTimeZone, parseDay } from "./civil-date.js";
import { parseMap, type ColumnMap } from "./columns.js";
import { Identities } from "./identity.js";
import { plan, type Plan } from "./plan.js";
import { isRejection } from "./row.js";
import { sendPlans } from "./send.js";
import { autoShift, MonthCount } from "./shift.js";
import { openSource, readError, type Source, type SourceOptions } from "./source.js";
import { importText } from "./text.js";
import { Tally } from "./tally.js";
import { checkJourney, ensureVendor } from "./vendor.js";

export interface ImportFlags {
  readonly vendor: string;
  readonly timeZone: string;
  readonly map?: string;
  readonly journey?: string;
  readonly shiftDays: string;
  readonly today?: string;
  readonly delimiter: string;
  readonly market?: string;
  readonly vendorType: string;
  readonly vendorName?: string;
}

const longestName = 200;

interface Settings {
  readonly map: ColumnMap | undefined;
  readonly today: number | undefined;
  readonly shift: number | "auto";
}

const settingsOf = (flags: ImportFlags): Result<Settings> => {
  if (!isTimeZone(flags.timeZone)) {
    return fail("usage", "--time-zone is no IANA time-zone name; it looks like Europe/London.");
  }
  const today = flags.today === undefined ? undefined : parseDay(flags.today);
  if (flags.today !== undefined && today === undefined) return fail("usage", "--today is no day written YYYY-MM-DD.");
  const days = /^[+-]?\d{1,6}$/.test(flags.shiftDays) ? Number(flags.shiftDays) : Number.NaN;
  const shift = flags.shiftDays === "auto" ? "auto" : days;
  if (shift !== "auto" && !(Math.abs(shift) <= 100_000)) {
    return fail("usage", "--shift-days is a whole number of days, or auto.");
  }
  if (flags.delimiter.length !== 1 || /["\r\n]/.test(flags.delimiter)) {
    return fail("usage", "--delimiter is one character, as in --delimiter ';'.");
  }
  const name = flags.vendorName;
  if (name !== undefined && (name.trim() === "" || name.length > longestName)) {
    return fail("usage", `--vendor-name is a name of 1 to ${longestName} characters.`);
  }
  const map = flags.map === undefined ? ok(undefined) : parseMap(flags.map);
  return map.ok ? ok({ map: map.value, today, shift }) : map;
};

/**
 * Today where the weddings are, by the server's clock: the same that decides what is due. A vendor's key may not read
 * the status; then this machine's clock must do.
 */
const todayOf = async (client: Client, shell: Shell, settings: Settings, timeZone: string): Promise<Result<number>> => {
  const status = await client.status();
  if (!status.ok && status.error.code !== "forbidden") return status;
  if (settings.today !== undefined) return ok(settings.today);
  if (!status.ok) return ok(dayInZone(shell.wallClock(), timeZone));
  const now = new Date(status.value.now).getTime();
  if (Number.isNaN(now)) return fail("unexpected_answer", "The server's status holds no time: give --today.");
  return ok(dayInZone(now, timeZone));
};

const shiftOf = async (options: SourceOptions, settings: Settings, today: number): Promise<Result<number>> => {
  if (settings.shift !== "auto") return ok(settings.shift);
  const source = await openSource(options);
  if (!source.ok) return source;
  const months = new MonthCount();
  try {
    for await (const { row } of source.value.rows) if (!isRejection(row)) months.add(row);
  } catch (thrown) {
    return { ok: false, error: readError(options.file, thrown) };
  }
  const busiest = months.busiest();
  return ok(busiest === undefined ? 0 : autoShift(busiest, today));
};

/** Runs the import. The counts of a run that fails or is stopped are part of the answer. */
export const runImport = async (session: Session<ImportFlags>): Promise<Result<Output>> => {
  const { client, options: flags, shell } = session;
  const file = session.args[0] ?? "";
  const settings = settingsOf(flags);
  if (!settings.ok) return settings;
  const sourceOptions = { file, delimiter: flags.delimiter, map: settings.value.map, signal: shell.signal };
  const readable = await openSource(sourceOptions);
  if (!readable.ok) return readable;
  await readable.value.close();
  const today = await todayOf(client, shell, settings.value, flags.timeZone);
  if (!today.ok) return today;
  const shiftDays = await shiftOf(sourceOptions, settings.value, today.value);
  if (!shiftDays.ok) return shiftDays;
  const { vendor: vendorId, timeZone, market, vendorType, vendorName, journey } = flags;
  const vendor = await ensureVendor(client, { vendorId, timeZone, market, vendorType, vendorName });
  if (!vendor.ok) return vendor;
  const known = journey === undefined ? ok(undefined) : await checkJourney(client, vendorId, journey);
  if (!known.ok) return known;
  if (vendor.value.created) shell.stderr.write(`made the vendor ${vendorId}\n`);
  if (flags.shiftDays === "auto") {
    shell.stderr.write(
      `all dates shifted by ${shiftDays.value} days; a repeat on another day: --shift-days ${shiftDays.value}\n`,
    );
  }
  const facts = { vendorId, today: formatDay(today.value), shiftDays: shiftDays.value, timeZone };
  const planned = { today: today.value, shiftDays: shiftDays.value, timeZone, journeyId: journey };
  const source = await openSource(sourceOptions);
  return source.ok ? send(session, file, source.value, planned, facts) : source;
};

const send = async (
  session: Session<ImportFlags>,
  file: string,
  source: Source,
  planned: Parameters<typeof plan>[2],
  facts: { readonly vendorId: string; readonly today: string; readonly shiftDays: number; readonly timeZone: string },
): Promise<Result<Output>> => {
  const { client, shell } = session;
  const tally = new Tally();
  const progress = startProgress("importing", "rows", shell);
  const identities = new Identities();
  async function* plans(): AsyncGenerator<Plan> {
    for await (const { row, bytes } of source.rows) {
      progress.update(bytes, source.size, tally.rows);
      yield plan(row, identities, planned);
    }
  }
  const sent = await sendPlans(session.clientWith(patient), facts.vendorId, plans(), tally)
    .catch((thrown: unknown) => ({ ok: false, error: readError(file, thrown) }) as const)
    .finally(progress.stop);
  const result = tally.result();
  const json = { ...result, ...facts };
  if (!sent.ok) {
    const message = `${sent.error.message} ${result.rows} rows are done; run the same command again to go on.`;
    return ok({ json, text: importText(result, undefined), error: { ...sent.error, message } });
  }
  const status = await client.status();
  const after = status.ok ? status.value : undefined;
  const text = importText(result, after);
  const platform = after === undefined ? undefined : { pending: pendingOf(after), dueToday: after.dueToday };
  const full = platform === undefined ? json : { ...json, platform };
  if (result.rows === 0 || result.rejected.length < result.rows) return ok({ json: full, text });
  return ok({ json: full, text, error: { code: "nothing_imported", message: "Every line was rejected." } });
};

const pendingOf = ({ executions }: { readonly executions: Readonly<Record<string, number>> }): number =>
  (executions["scheduled"] ?? 0) + (executions["waiting"] ?? 0);
