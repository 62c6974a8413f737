// The public face of forecasting. Everything not named here is internal.
export { bookingFeatures, bookingsForecaster, type BookingFeatures } from "./bookings-forecaster.js";
export { dateOf, weekdayOf } from "./calendar.js";
export {
  busyDays,
  type BookingRecord,
  type DayForecast,
  type DayValue,
  type DemandProfile,
  type Forecast,
  type ForecastAt,
  type ForecastBasis,
  type ForecastContext,
  type Forecaster,
  type Interval,
  type NamedDay,
} from "./port.js";
export { bookingReferences, seriesReferences } from "./reference-forecasters.js";
export { regularStart, type RegularStart } from "./regular-start.js";
export { seriesForecaster } from "./series-forecaster.js";
