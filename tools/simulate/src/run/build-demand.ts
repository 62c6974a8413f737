// From bookings to the demand of a season. Each booking stands for `scale` weddings of as many vendors with the same dates; each
// wedding draws its own minutes and service times. A row's chance depends on its place in the file alone, so that other rows,
// and what becomes of them, change nothing about it.
import { defaultDispatchPolicy, tierWindowOf, type TierWindow } from "@wedsync/scheduler";
import { formatDay } from "../generate/dates.js";
import { createRandom, type Random } from "../generate/random.js";
import type { BookingRow } from "../input/read-bookings.js";
import type { Demand, DemandStep } from "./demand.js";
import type { LocalTime } from "./local-time.js";
import { RequestedWork } from "./requested-work.js";

export interface DemandOptions {
  readonly market: string;
  readonly steps: readonly DemandStep[];
  /** Weddings for each booking, whole, 1 or more. */
  readonly scale: number;
  readonly seed: number;
  /** Mean of the log-normal service time, milliseconds. */
  readonly serviceMs: number;
  /** Spread of its logarithm; 0 makes all alike. */
  readonly serviceSigma: number;
  /** Over how many minutes from its local time on a step is spread, evenly. */
  readonly spreadMinutes: number;
  /** Work that falls due from here on is wanted, epoch milliseconds. */
  readonly from: number;
  /** ... and before here. */
  readonly to: number;
}

/** Bookings and cancellations come in over these local hours, evenly. */
export const officeHours = { from: "09:00", to: "21:00" } as const;

const never = Number.POSITIVE_INFINITY;

/** Makes the demand. Work whose time has passed at booking is not accepted, as on the platform. */
export const buildDemand = (rows: readonly BookingRow[], time: LocalTime, options: DemandOptions): Demand => {
  const { scale, steps } = options;
  const count = rows.filter((row) => concerns(row, time, options)).length * scale;
  const weddings = {
    count,
    day: new Int32Array(count),
    bookedAt: new Float64Array(count),
    cancelledAt: new Float64Array(count).fill(never),
    vendor: new Uint16Array(count),
  };
  const work: { due: number[]; wedding: number[]; step: number[]; service: number[] } = {
    due: [],
    wedding: [],
    step: [],
    service: [],
  };
  const draw = serviceTimes(options.serviceMs, options.serviceSigma);
  const requested = new RequestedWork();
  const calledOff: { readonly due: number; readonly wedding: number }[] = [];
  let wedding = 0;
  rows.forEach((row, place) => {
    const isKept = concerns(row, time, options);
    const random = createRandom(Math.imul(options.seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place + 1, 0xc2b2ae35));
    for (let copy = 0; copy < scale; copy += 1) {
      const bookedAt = within(time, row.bookedDay, random.float());
      const cancelledAt = cancellation(time, row, bookedAt, random.float());
      requested.addBooking(row.bookedDay);
      if (isKept) {
        weddings.day[wedding] = row.day;
        weddings.bookedAt[wedding] = bookedAt;
        weddings.cancelledAt[wedding] = cancelledAt;
        weddings.vendor[wedding] = copy;
      }
      steps.forEach((step, at) => {
        const spread = Math.floor(random.float() * options.spreadMinutes * 60_000);
        const service = draw(random);
        const due = step.day === null ? bookedAt : time.at(row.day + step.day, step.time) + spread;
        if (due < bookedAt) return;
        const { day, hour } = time.hourOf(due);
        requested.addWork(row.bookedDay, day - row.day, hour);
        if (!isKept || due < options.from || due >= options.to) return;
        if (due >= cancelledAt) {
          calledOff.push({ due, wedding });
          return;
        }
        work.due.push(due);
        work.wedding.push(wedding);
        work.step.push(at);
        work.service.push(service);
      });
      if (isKept) wedding += 1;
    }
  });
  const order = Uint32Array.from(work.due.keys()).sort((a, b) => (work.due[a] ?? 0) - (work.due[b] ?? 0) || a - b);
  return {
    zone: time.zone,
    market: options.market,
    steps,
    weddings,
    count: order.length,
    due: Float64Array.from(order, (at) => work.due[at] ?? 0),
    wedding: Uint32Array.from(order, (at) => work.wedding[at] ?? 0),
    step: Uint8Array.from(order, (at) => work.step[at] ?? 0),
    serviceMs: Uint32Array.from(order, (at) => work.service[at] ?? 0),
    windowOf: windows(time.zone),
    requested,
    calledOff: calledOff.sort((a, b) => a.due - b.due),
  };
};

/** Can this row make work in the time that is wanted? */
function concerns(row: BookingRow, time: LocalTime, { steps, from, to }: DemandOptions): boolean {
  const offsets = steps.map(({ day }) => day ?? 0);
  const last = time.at(row.day + Math.max(0, ...offsets) + 1, "12:00");
  return last >= from && time.at(row.bookedDay, "00:00") < to;
}

function within(time: LocalTime, day: number, share: number): number {
  const from = time.at(day, officeHours.from);
  return Math.floor(from + share * (time.at(day, officeHours.to) - from));
}

/** On the day it was cancelled, but never before it was booked. */
function cancellation(time: LocalTime, row: BookingRow, bookedAt: number, share: number): number {
  if (row.cancelledDay === undefined) return never;
  const from = Math.max(bookedAt + 1, time.at(row.cancelledDay, officeHours.from));
  return Math.floor(from + share * (time.at(row.cancelledDay, officeHours.to) - from));
}

/** Log-normal with the given mean: exp(mu + sigma z) has the mean exp(mu + sigma^2 / 2). */
const serviceTimes =
  (meanMs: number, sigma: number) =>
  (random: Random): number =>
    Math.max(1, Math.round(meanMs * Math.exp(sigma * random.normal() - (sigma * sigma) / 2)));

function windows(zone: string): (day: number) => TierWindow {
  const known = new Map<number, TierWindow>();
  return (day) => {
    let window = known.get(day);
    if (window === undefined) {
      const date = formatDay(day);
      window = tierWindowOf({ date, endDate: date, zone }, defaultDispatchPolicy.tiers);
      known.set(day, window);
    }
    return window;
  };
}
