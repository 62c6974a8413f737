// Work that was asked for, by the day of the booking that asked: what the platform's log knows of weddings and their work. A load
// shape of a day is made of the bookings before it.
import { learnLoadShape, type LoadShape } from "@wedsync/season-policy";

const hoursOfDay = 24;

interface OfDay {
  bookings: number;
  /** Executions by hours from the local midnight of the wedding's day. */
  readonly work: Map<number, number>;
}

export class RequestedWork {
  readonly #byDay = new Map<number, OfDay>();

  /** A wedding was booked on a day (its number). */
  addBooking(day: number): void {
    this.#of(day).bookings += 1;
  }

  /** One of the day's bookings asked for an execution, so many days and hours from its wedding's midnight. */
  addWork(day: number, dayOffset: number, hour: number): void {
    const { work } = this.#of(day);
    const cell = dayOffset * hoursOfDay + hour;
    work.set(cell, (work.get(cell) ?? 0) + 1);
  }

  /** Shapes by day, which must be asked in rising order: of all bookings before the day; undefined without any. */
  shapes(): (day: number) => LoadShape | undefined {
    const days = [...this.#byDay].sort(([a], [b]) => a - b);
    const total = new Map<number, number>();
    let bookings = 0;
    let next = 0;
    return (day) => {
      for (let entry = days[next]; entry !== undefined && entry[0] < day; entry = days[(next += 1)]) {
        bookings += entry[1].bookings;
        for (const [cell, executions] of entry[1].work) total.set(cell, (total.get(cell) ?? 0) + executions);
      }
      if (bookings === 0) return undefined;
      const counts = [...total].map(([cell, executions]) => {
        const dayOffset = Math.floor(cell / hoursOfDay);
        return { dayOffset, hour: cell - dayOffset * hoursOfDay, executions };
      });
      return learnLoadShape(counts, bookings);
    };
  }

  #of(day: number): OfDay {
    let found = this.#byDay.get(day);
    if (found === undefined) this.#byDay.set(day, (found = { bookings: 0, work: new Map() }));
    return found;
  }
}
