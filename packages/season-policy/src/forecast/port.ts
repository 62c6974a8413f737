// The port of forecasting: what a forecaster is told and what it answers. Plain numbers and strings only, so that a
// forecaster can be replaced by a team's own model, in another language if need be.

/**
 * One booking. Days are whole numbers counted from 1970-01-01. It holds nothing about a person.
 */
export interface BookingRecord {
  /** The day of the event. */
  readonly day: number;
  /** The day it was booked; the booking does not exist before. */
  readonly bookedOn: number;
  /** The day on which it became known that the event does not take place (cancellation or no-show); absent if it does. */
  readonly releasedOn?: number;
  /** A coarse group of customers that book and cancel alike, such as `group` or `single`. Optional. */
  readonly segment?: string;
}

/** What happened on one day of a bare daily series. */
export interface DayValue {
  readonly day: number;
  /** A count or an amount, >= 0. */
  readonly value: number;
}

/** Multipliers for a place without history: how a month or weekday compares with the average day (1). */
export interface DemandProfile {
  /** Events on an average day, >= 0. */
  readonly level: number;
  /** Twelve factors, January first. */
  readonly months: readonly number[];
  /** Seven factors, Monday first. */
  readonly weekdays: readonly number[];
}

/** A day with a name, such as a public holiday. The same name in two years is the same kind of day. */
export interface NamedDay {
  readonly day: number;
  readonly name: string;
}

/** What a forecaster may know besides the history. */
export interface ForecastContext {
  /** Days ahead, a whole number from 1 to 60, else `prepare` throws a RangeError. Default 30. */
  readonly horizon?: number;
  /** Used alone without history, and mixed in while history is short. */
  readonly profile?: DemandProfile;
  /** Past and future named days. */
  readonly holidays?: readonly NamedDay[];
}

/** `low` <= `high`, both included; both >= 0, and whole numbers where events are counted from bookings. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface DayForecast {
  readonly day: number;
  /** Days from the origin, >= 1. */
  readonly lead: number;
  /** The median of the expected count, >= 0. */
  readonly point: number;
  /** Nested: 50 % within 80 % within 95 %; the point is inside each. */
  readonly interval50: Interval;
  readonly interval80: Interval;
  readonly interval95: Interval;
  /** Chance that the day reaches the busy threshold, in [0, 1]. */
  readonly busyProbability: number;
}

/** What a forecast rests on; anything but `history` deserves less trust. */
export type ForecastBasis = "history" | "short-history" | "profile" | "nothing";

export interface Forecast {
  /** The last day whose facts were used. */
  readonly origin: number;
  readonly basis: ForecastBasis;
  /** Days of history the forecast learned from; without what is over four years old, and without stray days (`regularStart`). */
  readonly historyDays: number;
  /** A day is busy at or above this count; undefined without history. */
  readonly busyThreshold: number | undefined;
  readonly days: readonly DayForecast[];
}

/** Forecasts from the facts known at the end of the origin day; ask for origins in rising order, it is much faster. */
export type ForecastAt = (origin: number) => Forecast;

/**
 * A forecaster. `prepare` may be given facts of days after an origin (a backtest does); it must not use them for it.
 */
export interface Forecaster<Fact> {
  readonly name: string;
  readonly prepare: (facts: readonly Fact[], context?: ForecastContext) => ForecastAt;
}

/** The days that are more likely busy than not, in order of time. */
export const busyDays = (forecast: Forecast, atLeast = 0.5): readonly DayForecast[] =>
  forecast.days.filter((day) => day.busyProbability >= atLeast);
