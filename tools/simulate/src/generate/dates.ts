// Calendar days as numbers (days since 1970-01-01): enough calendar for the generators.

const dayMs = 86_400_000;

/** The day number of a date; months count from 1. Days beyond the month's end run on into the next. */
export const dayNumber = (year: number, month: number, day: number): number =>
  Math.floor(Date.UTC(year, month - 1, day) / dayMs);

/** `YYYY-MM-DD` of a day number. */
export const formatDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The day number of `YYYY-MM-DD`; undefined when it is no such date. */
export const parseDay = (text: string): number | undefined => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const day = dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
  return formatDay(day) === text ? day : undefined;
};

/** 0 for Sunday .. 6 for Saturday. */
export const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** The days of a month that fall on a weekday (0 for Sunday), in order. */
export const daysOfMonthOn = (year: number, month: number, onWeekday: number): readonly number[] => {
  const first = dayNumber(year, month, 1);
  const length = dayNumber(year, month + 1, 1) - first;
  return Array.from({ length }, (_, at) => first + at).filter((day) => weekday(day) === onWeekday);
};
