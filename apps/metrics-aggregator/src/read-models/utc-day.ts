// Days of the calendar as both JavaScript and the database know them. What is refused here would be refused by the table,
// and a table's refusal stops a read model instead of parking one stream.

const firstDay = Date.parse("0001-01-01");
const lastDay = Date.parse("9999-12-31");

/** The UTC day of an instant, as `YYYY-MM-DD`. @throws RangeError outside the years 1 to 9999 */
export function utcDay(epochMilliseconds: number): string {
  if (epochMilliseconds < firstDay || epochMilliseconds > lastDay) throw new RangeError("beyond the calendar");
  return new Date(epochMilliseconds).toISOString().slice(0, 10);
}

/** Does `YYYY-MM-DD` name a day? */
export function isCalendarDay(text: string): boolean {
  const at = Date.parse(text);
  // A day that a month has not is parsed as one of the next.
  return at >= firstDay && at <= lastDay && utcDay(at) === text;
}

/** The same text when it names a day. @throws RangeError for days that do not exist */
export function calendarDay(text: string): string {
  if (!isCalendarDay(text)) throw new RangeError("no day of the calendar");
  return text;
}
