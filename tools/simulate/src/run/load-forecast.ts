// Demand of the next day by the hour, from what is known now. A journey step far ahead of its wedding concerns bookings in hand,
// so their number on the right day times a share learned from the past says nearly all; the step at booking follows how many
// bookings came on the same weekday lately. Intervals are 80 %, from the errors that the same rule made in the past.
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
  /** Weddings in hand for it when the forecast was made. */
  readonly inHand: number;
}

export class LoadForecast {
  readonly #demand: Demand;
  readonly #knowledge: Knowledge;
  readonly #history: LoadHistory;
  readonly #time: LocalTime;
  /** By step and by days ahead (0 or 1): what was in hand at past forecasts. */
  readonly #asked: readonly (readonly [Asked[], Asked[]])[];

  constructor(demand: Demand, knowledge: Knowledge, history: LoadHistory, time: LocalTime) {
    this.#demand = demand;
    this.#knowledge = knowledge;
    this.#history = history;
    this.#time = time;
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
    const dueDay = today + ahead;
    const inHand = this.#knowledge.inHand(dueDay - offset);
    const asked = this.#asked[step]?.[ahead] ?? [];
    // Days that are over: what fell due on them is known in full.
    const past = asked.filter(({ day }) => day < today).slice(-learnDays);
    asked.push({ day: dueDay, inHand });
    if (asked.length > learnDays + 2) asked.shift();
    const weddings = past.reduce((sum, one) => sum + one.inHand, 0);
    if (inHand === 0 || weddings === 0) return [];
    const days = past.map(({ day }) => day);
    const shape = learnLoadShape(cells(this.#history.byHour(step, days), offset), weddings);
    if (shape.total === 0) return [];
    const errors = past.map((one) => this.#history.on(step, one.day) - shape.total * one.inHand);
    const relative = Math.hypot(...errors) / Math.hypot(...past.map((one) => one.inHand)) / shape.total;
    return this.#load(dueDay - offset, inHand, z90 * relative * inHand, shape);
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
