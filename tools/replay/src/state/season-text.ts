// Season, forecast and capacity for a person: markets that something was planned for in full, the others by their multiplier.
import { clean, many } from "../text/plain.js";
import { amount, seasonReasonsText } from "../text/season-reasons.js";
import type { MarketState, SeasonState } from "./season-fold.js";

/** Lines of the state's text, the first for the policy. */
export function seasonLines(season: SeasonState, at: string): readonly string[] {
  const { policy } = season;
  const markets = Object.entries(season.markets);
  const planned = markets.filter(([, { capacity, forecast }]) => capacity !== null || forecast !== null);
  const others = markets.filter((entry) => !planned.includes(entry));
  return [
    `season      ${policy === null ? "no policy yet" : `policy ${clean(policy.name)} version ${policy.version}`}`,
    ...planned.map(([name, market]) => `  ${clean(name)}: ${marketText(market, at)}`),
    ...(others.length === 0
      ? []
      : [
          `  not planned for: ${others.map(([name, { multiplier }]) => `${clean(name)} x ${amount(multiplier)}`).join(", ")}`,
        ]),
  ];
}

function marketText(market: MarketState, at: string): string {
  const demand =
    market.multiplier === null
      ? "no season"
      : `demand x ${amount(market.multiplier)} (${seasonReasonsText(market.reasons)})`;
  return [demand, capacityText(market.capacity, at), forecastText(market.forecast)].join("; ");
}

function capacityText(capacity: MarketState["capacity"], at: string): string {
  if (capacity === null) return "no capacity planned";
  const { slots, mode, until, policyVersion } = capacity;
  if (until <= at) return `capacity plan ended ${until}`;
  const followed = mode === "shadow" ? "shadow: nothing follows it" : "active";
  return `${many(slots, "slot")} planned until ${until} (${followed}, season policy version ${policyVersion})`;
}

function forecastText(forecast: MarketState["forecast"]): string {
  if (forecast === null) return "no forecast";
  const { day, model, modelVersion, origin } = forecast;
  const [interval] = day.intervals;
  const range =
    interval === undefined
      ? ""
      : `, ${amount(interval.lower)} to ${amount(interval.upper)} with ${amount(interval.level * 100)} %`;
  return `forecast of ${clean(day.date)}: ${many(Number(day.expected.toFixed(1)), "event")}${range} (${clean(model)} ${clean(modelVersion)}, bookings up to ${clean(origin)})`;
}
