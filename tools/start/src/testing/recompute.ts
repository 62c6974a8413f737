// What an import must come to, computed a second time from the file alone: no code is shared with the import, so that a
// mistake there cannot hide here. Calendar by Date and Intl, on purpose another way than the platform's.

export interface StepTime {
  readonly day: number;
  /** HH:MM, local. */
  readonly time: string;
}

export interface Expected {
  readonly imported: number;
  readonly cancelled: number;
  readonly notYetBooked: number;
  /** Due instants of all accepted steps, epoch milliseconds. */
  readonly dueAt: readonly number[];
}

const dayMs = 86_400_000;
const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / dayMs;
const isoOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

interface Booking {
  readonly id: string;
  readonly date: number;
  readonly bookedOn: number;
  readonly status: string;
  readonly statusDate: number;
}

/** Good lines of the columns booking_id,event_date,booked_on,lead_days,nights,status,status_date,group. */
export function bookingsOf(csv: string): readonly Booking[] {
  const isDay = (text: string): boolean =>
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayOf(text)) && isoOf(dayOf(text)) === text;
  const isStatus = new Set(["check-out", "canceled", "cancelled", "no-show"]);
  return csv
    .split("\n")
    .slice(1)
    .flatMap((line) => {
      const cells = line.trim().split(",");
      const [id = "", date = "", bookedOn = "", , , status = "", statusDate = ""] = cells;
      const good =
        cells.length === 8 &&
        !line.includes('"') &&
        /^[A-Za-z0-9._-]{1,128}$/.test(id) &&
        isDay(date) &&
        isDay(bookedOn) &&
        (statusDate === "" || isDay(statusDate)) &&
        isStatus.has(status.toLowerCase());
      return good
        ? [
            {
              id,
              date: dayOf(date),
              bookedOn: dayOf(bookedOn),
              status: status.toLowerCase(),
              statusDate: dayOf(statusDate),
            },
          ]
        : [];
    });
}

/** Whole weeks that bring the middle of the busiest month next to today. */
export function expectedShift(bookings: readonly Booking[], today: number): number {
  const months = new Map<string, number>();
  for (const { date, status } of bookings)
    if (!status.startsWith("cancel"))
      months.set(isoOf(date).slice(0, 7), (months.get(isoOf(date).slice(0, 7)) ?? 0) + 1);
  const most = Math.max(...months.values());
  const busiest =
    [...months]
      .filter(([, count]) => count === most)
      .map(([month]) => month)
      .toSorted()[0] ?? isoOf(today).slice(0, 7);
  return Math.round((today - dayOf(`${busiest}-15`)) / 7) * 7;
}

/** Today as a day number where the weddings are. */
export const todayIn = (zone: string, now = Date.now()): number =>
  dayOf(new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now));

/** The instant of a local time: guessed as UTC, then corrected by what the zone's clock shows at the guess. */
export function instantIn(zone: string, day: number, time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const wanted = day * dayMs + (hours * 60 + minutes) * 60_000;
  const shown = (instant: number): number => {
    const parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    }).formatToParts(instant);
    const part = (type: string): string => parts.find((entry) => entry.type === type)?.value ?? "";
    return Date.parse(`${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:00Z`);
  };
  const guess = wanted - (shown(wanted) - wanted);
  return guess - (shown(guess) - wanted);
}

export function recompute(
  bookings: readonly Booking[],
  shift: number,
  zone: string,
  today: number,
  steps: readonly StepTime[],
): Expected {
  let [imported, cancelled, notYetBooked] = [0, 0, 0];
  const dueAt: number[] = [];
  const cache = new Map<string, number>();
  for (const { date, bookedOn, status, statusDate } of bookings) {
    if (bookedOn + shift > today) {
      notYetBooked += 1;
      continue;
    }
    imported += 1;
    if (status.startsWith("cancel") && (Number.isNaN(statusDate) || statusDate + shift <= today)) {
      cancelled += 1;
      continue;
    }
    for (const { day, time } of steps) {
      const key = `${date + shift + day} ${time}`;
      const known = cache.get(key) ?? instantIn(zone, date + shift + day, time);
      cache.set(key, known);
      dueAt.push(known);
    }
  }
  return { imported, cancelled, notYetBooked, dueAt };
}
