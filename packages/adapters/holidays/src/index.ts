// The public face of the holidays adapter.
export {
  namedHolidays,
  resolveHolidays,
  type HolidayIssue,
  type HolidayRequest,
  type NamedHoliday,
  type NamedHolidays,
  type ResolvedHolidays,
} from "./resolve-holidays.js";
