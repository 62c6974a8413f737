// The seam to the forecasters: bookings of a market in, the event to record and the days to plan for out.
import type { Forecast, MarketPolicy } from "@wedsync/season-policy";
import {
  bookingsForecaster,
  type BookingRecord,
  type DayForecast,
  type NamedDay,
} from "@wedsync/season-policy/forecast";
import { dateOfDay, dayNumber } from "@wedsync/scheduler";

export const horizonDays = 30;
export const forecastModel = bookingsForecaster.name;
/** Raised when the forecaster's answers change. */
const modelVersion = "2";
const thousandth = (value: number): number => Math.round(value * 1_000) / 1_000;

export interface ForecastQuestion {
  readonly market: string;
  readonly policy: MarketPolicy;
  readonly records: readonly BookingRecord[];
  /** Days since 1970-01-01. */
  readonly today: number;
}

/** Forecasts the next 30 days of a market from the bookings known by the day `today`. */
export function forecastMarket({ market, policy, records, today }: ForecastQuestion): Forecast {
  const profile = demandProfile(policy, records, today);
  const holidays = namedDays(policy);
  const { days, basis, historyDays, busyThreshold } = bookingsForecaster.prepare(records, {
    horizon: horizonDays,
    profile,
    holidays,
  })(today);
  return {
    market,
    origin: dateOfDay(today),
    model: forecastModel,
    modelVersion,
    days: days.map(forecastDay),
    basis,
    historyDays,
    ...(busyThreshold === undefined ? {} : { busyThreshold: thousandth(busyThreshold) }),
  };
}

/** The days of the policy's holidays and feasts, past and coming, so that what they did to demand before is expected again. */
const namedDays = ({ periods }: MarketPolicy): readonly NamedDay[] =>
  periods.flatMap(({ code: name, from, to }) =>
    Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, index) => ({ day: dayNumber(from) + index, name })),
  );

function forecastDay({ day, point, interval50, interval80, interval95, busyProbability }: DayForecast) {
  const levels = [
    { level: 0.5, ...interval50 },
    { level: 0.8, ...interval80 },
    { level: 0.95, ...interval95 },
  ];
  return {
    date: dateOfDay(day),
    expected: thousandth(point),
    intervals: levels.map(({ level, low, high }) => ({ level, lower: thousandth(low), upper: thousandth(high) })),
    busyProbability: thousandth(busyProbability),
  };
}

/** What the policy says of a market without history, at the level of the bookings that there are. */
function demandProfile({ seasons, weekdays }: MarketPolicy, records: readonly BookingRecord[], today: number) {
  const level = records.filter(({ day, releasedOn }) => Math.abs(day - today) <= 182 && releasedOn === undefined);
  const months = Array.from(
    { length: 12 },
    (_, index) => seasons.find((season) => season.months.includes(index + 1))?.multiplier ?? 1,
  );
  return { level: level.length / 365, months: toMean(months), weekdays: toMean(weekdays) };
}

function toMean(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean === 0 ? values : values.map((value) => value / mean);
}
