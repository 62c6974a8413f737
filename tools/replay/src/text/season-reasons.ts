// Rules of the season policy and of capacity plans as words. A code that is not here is shown as it is.
import type { Reason } from "@wedsync/contracts/season-policy";
import { clean, count, span } from "./plain.js";

type Params = Readonly<Record<string, unknown>>;

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const words = (value: unknown): string => clean(value).replaceAll("_", " ");
/** At most two digits after the point: nobody reads more. */
export const amount = (value: unknown): string => count(Number(Number(value).toFixed(2)));
const times = ({ multiplier }: Params): string => `x ${amount(multiplier)}`;

const sentences: Readonly<Record<string, (params: Params) => string>> = {
  // Why a multiplier.
  season: (params) => `${words(params["season"])} season ${times(params)}`,
  weekday: (params) => `${weekdays[Number(params["weekday"]) - 1] ?? "weekday"} ${times(params)}`,
  period: (params) => `${words(params["period"])} ${times(params)}`,
  calendar_not_covered: ({ from, to }) => `holidays are known from ${clean(from)} to ${clean(to)} only`,
  multiplier_cap: (params) => `no more than ${amount(params["multiplier"])}`,
  multiplier_floor: (params) => `no less than ${amount(params["multiplier"])}`,
  event_day: ({ share }) => `${amount(Number(share) * 100)} % of the work is for events of the day`,
  event_week: ({ share }) => `${amount(Number(share) * 100)} % of the work is for events of the week`,
  // Why so many slots.
  forecast_load: ({ upper }) => `up to ${amount(upper)} executions an hour are forecast`,
  baseline_load: ({ upper }) => `${amount(upper)} executions an hour are usual`,
  no_load: () => "no work is expected",
  lead_time: ({ ms }) => `capacity takes ${span(Number(ms))} to start`,
  floor: ({ slots }) => `never fewer than ${many(slots)}`,
  cap: ({ slots, without }) => `never more than ${many(slots)}, though ${amount(without)} are needed`,
  level: ({ slots }) => `rounded up to ${many(slots)}`,
  hold: ({ slots }) => `kept at ${many(slots)} because a short fall is not worth it`,
  ramp_limit: ({ slots, without }) => `${many(slots)} instead of ${amount(without)}: capacity changes step by step`,
};

const many = (slots: unknown): string => `${amount(slots)} slot${Number(slots) === 1 ? "" : "s"}`;

/** Codes that have words. */
export const knownSeasonReasons: readonly string[] = Object.keys(sentences);

/** Reasons as a list of words. */
export const seasonReasonsText = (reasons: readonly Reason[]): string =>
  reasons
    .map(({ code, params = {} }) => {
      const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
      return sentence === undefined ? words(code) : sentence(params);
    })
    .join(", ");
