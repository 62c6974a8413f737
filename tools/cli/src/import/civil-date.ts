// Calendar days as whole numbers (days since 1970-01-01), so that shifting a season is an addition.

const dayMs = 86_400_000;
const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Years that a wedding can have: anything else is a slip of the keyboard (0216, 20216). */
const years = { first: 1900, last: 2199 };

/** The day number of `YYYY-MM-DD`; undefined when it is not such a date, does not exist, or lies outside 1900..2199. */
export const parseDay = (text: string): number | undefined => {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < years.first || year > years.last) return undefined;
  const number = Math.floor(Date.UTC(year, month - 1, day) / dayMs);
  return formatDay(number) === text ? number : undefined;
};

/** `YYYY-MM-DD` of a day number. */
export const formatDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The calendar day of an instant (epoch milliseconds) in an IANA time zone. */
export const dayInZone = (instant: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const named = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]));
  return Math.floor(Date.UTC(Number(named["year"]), Number(named["month"]) - 1, Number(named["day"])) / dayMs);
};

/** True for a time-zone name this runtime knows; an offset such as +02:00 is no place and is refused. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};
