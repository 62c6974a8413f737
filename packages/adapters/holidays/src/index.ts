// The public face of the holidays adapter.
export { resolveHolidays, type HolidayIssue, type HolidayRequest, type ResolvedHolidays } from "./resolve-holidays.js";
