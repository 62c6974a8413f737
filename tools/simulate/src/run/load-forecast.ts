// Demand of the next day by the hour, from what is known now. A journey step concerns the weddings of one day: their number times
// a share learned from the past says nearly all. There are two ways to count them, those in hand and the forecast of events; for
// each step the one counts that erred less lately. The step at booking follows how many bookings came on the same weekday lately.
// Intervals are 80 %, from the errors that the same rule made in the past.
import {
  hourlyLoad,
  learnLoadShape,
  type DailyEvents,
  type HourlyLoad,
  type LoadShape,
  type OffsetCount,
} from "@wedsync/season-policy";
import { formatDay } from "../generate/dates.js";
import type { Demand } from "./demand.js";
import type { Knowledge } from "./knowledge.js";
import type { LoadHistory } from "./load-history.js";
import type { LocalTime } from "./local-time.js";

/** How many past days are learned from: eight of each weekday. */
export const learnDays = 56;

/** 90 % quantile of the normal distribution: the upper end of an 80 % interval. */
const z90 = 1.2816;

interface Asked {
  /** Local day on which the step falls due. */
  readonly day: number;
  /** How many weddings each basis counted for it when the forecast was made; undefined where a basis does not reach. */
  readonly weddings: readonly (number | undefined)[];
}

interface Fit {
  readonly shape: LoadShape;
  /** Standard error, as a share of the load. */
  readonly error: number;
  /** Weddings now, by the same basis. */
  readonly weddings: number;
}

/** How many weddings a day is expected to have, by its number; undefined for days that the forecast does not reach. */
export type EventForecast = (origin: number, day: number) => number | undefined;

export class LoadForecast {
  readonly #demand: Demand;
  readonly #knowledge: Knowledge;
  readonly #history: LoadHistory;
  readonly #time: LocalTime;
  readonly #events: EventForecast;
  /** By step and by days ahead (0 or 1): what past forecasts were made from. */
  readonly #asked: readonly (readonly [Asked[], Asked[]])[];

  constructor(demand: Demand, knowledge: Knowledge, history: LoadHistory, time: LocalTime, events: EventForecast) {
    this.#demand = demand;
    this.#knowledge = knowledge;
    this.#history = history;
    this.#time = time;
    this.#events = events;
    this.#asked = demand.steps.map(() => [[], []]);
  }

  /**
   * The load of two local days, the one given and the next, by whole UTC hour. To be asked once a day, always at the same local
   * time, so that past answers compare with this one.
   * @param today day number of the local day
   */
  next(today: number): readonly HourlyLoad[] {
    const hours = new Map<number, HourlyLoad>();
    this.#demand.steps.forEach(({ day: offset }, step) => {
      for (const ahead of [0, 1] as const) {
        const loads = offset === null ? this.#atBooking(step, today, ahead) : this.#ofStep(step, offset, today, ahead);
        for (const load of loads) addTo(hours, load);
      }
    });
    return [...hours.values()].sort((a, b) => a.at - b.at);
  }

  #ofStep(step: number, offset: number, today: number, ahead: 0 | 1): readonly HourlyLoad[] {
    const wedding = today + ahead - offset;
    const asked = this.#asked[step]?.[ahead] ?? [];
    // Days that are over: what fell due on them is known in full.
    const past = asked.filter(({ day }) => day < today).slice(-learnDays);
    // Today is not over, so the forecast of events stands on yesterday.
    const weddings = [this.#knowledge.inHand(wedding), this.#events(today - 1, wedding)];
    asked.push({ day: today + ahead, weddings });
    if (asked.length > learnDays + 2) asked.shift();
    const fits = weddings.flatMap((_, basis) => this.#fit(step, offset, past, weddings, basis) ?? []);
    const best = fits.toSorted((a, b) => a.error - b.error)[0];
    if (best === undefined) return [];
    return this.#load(wedding, best.weddings, z90 * best.error * best.weddings, best.shape);
  }

  /** What a wedding of this basis has meant so far; undefined when the past or the present says nothing. */
  #fit(step: number, offset: number, past: readonly Asked[], now: Asked["weddings"], basis: number): Fit | undefined {
    const known = past.flatMap(({ day, weddings }) => {
      const count = weddings[basis];
      return count === undefined ? [] : [{ day, count }];
    });
    const sum = known.reduce((total, { count }) => total + count, 0);
    const weddings = now[basis] ?? 0;
    if (known.length < past.length || sum < 1 || weddings === 0) return undefined;
    const days = known.map(({ day }) => day);
    const shape = learnLoadShape(cells(this.#history.byHour(step, days), offset), sum);
    if (shape.total === 0) return undefined;
    const misses = known.map(({ day, count }) => this.#history.on(step, day) - shape.total * count);
    const error = Math.hypot(...misses) / Math.hypot(...known.map(({ count }) => count)) / shape.total;
    return { shape, error, weddings };
  }

  #atBooking(step: number, today: number, ahead: 0 | 1): readonly HourlyLoad[] {
    const counts = this.#history.byHour(
      step,
      Array.from({ length: learnDays }, (_, back) => today - 1 - back),
    );
    const bookings = counts.reduce((sum, count) => sum + count, 0);
    if (bookings === 0) return [];
    const day = today + ahead;
    const weeks = Array.from({ length: learnDays / 7 }, (_, week) => this.#history.on(step, day - 7 * (week + 1)));
    const mean = weeks.reduce((sum, count) => sum + count, 0) / weeks.length;
    const deviation = Math.hypot(...weeks.map((count) => count - mean)) / Math.sqrt(weeks.length - 1);
    return this.#load(day, mean, z90 * deviation, learnLoadShape(cells(counts, 0), bookings));
  }

  #load(day: number, expected: number, spread: number, shape: LoadShape): readonly HourlyLoad[] {
    const events: DailyEvents = {
      date: formatDay(day),
      expected,
      lower: Math.max(0, expected - spread),
      upper: expected + spread,
    };
    return hourlyLoad([events], shape, { zone: this.#time.zone });
  }
}

function addTo(hours: Map<number, HourlyLoad>, load: HourlyLoad): void {
  const known = hours.get(load.at);
  hours.set(load.at, {
    at: load.at,
    expected: load.expected + (known?.expected ?? 0),
    lower: load.lower + (known?.lower ?? 0),
    // Bookings that stay away stay away from every step: errors are added, the widest interval.
    upper: load.upper + (known?.upper ?? 0),
  });
}

const cells = (counts: readonly number[], dayOffset: number): readonly OffsetCount[] =>
  counts.map((executions, hour) => ({ dayOffset, hour, executions }));
