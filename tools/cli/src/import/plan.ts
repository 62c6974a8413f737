// What an import does with one row: book, cancel, leave for later, or reject. Pure: today and the shift are arguments.
import type { WeddingItem } from "../client.js";
import { formatDay } from "./civil-date.js";
import { madeUpEmail, type Identities } from "./identity.js";
import { isRejection, type Rejection, type Row } from "./row.js";

export interface PlanOptions {
  /** Day number of today in the weddings' time zone. */
  readonly today: number;
  /** Days added to every date of the file. */
  readonly shiftDays: number;
  readonly timeZone: string;
  readonly journeyId: string | undefined;
}

export type Plan =
  | { readonly kind: "book" | "cancel"; readonly line: number; readonly item: WeddingItem }
  | { readonly kind: "not_yet_booked"; readonly line: number }
  | { readonly kind: "reject"; readonly rejection: Rejection };

/**
 * Decides one row. A booking made after today does not exist yet. A cancellation counts from its statusDate on (at
 * once when the file gives none): before, the wedding is booked. A cancelled wedding gets no journey.
 */
export const planRow = (row: Row, identities: Identities, options: PlanOptions): Plan => {
  const { today, shiftDays, timeZone, journeyId } = options;
  const identity = identities.of(row);
  if ("code" in identity) return { kind: "reject", rejection: identity };
  const { line } = row;
  const bookedOn = row.bookedOn === undefined ? undefined : row.bookedOn + shiftDays;
  if (bookedOn !== undefined && bookedOn > today) return { kind: "not_yet_booked", line };
  const cancelled = row.state === "cancelled" && (row.statusDate === undefined || row.statusDate + shiftDays <= today);
  const item: WeddingItem = {
    weddingId: identity.id,
    date: formatDay(row.date + shiftDays),
    timeZone,
    ...(bookedOn === undefined ? {} : { bookedOn: formatDay(bookedOn) }),
    couple: { names: row.names ?? `Couple ${identity.id}`, email: row.email ?? madeUpEmail(identity.id) },
    ...(cancelled ? { cancelled: true as const } : {}),
    ...(cancelled && row.statusDate !== undefined ? { cancelledOn: formatDay(row.statusDate + shiftDays) } : {}),
    ...(cancelled || journeyId === undefined ? {} : { journeyId }),
  };
  return { kind: cancelled ? "cancel" : "book", line, item };
};

/** Decides what came of one record: a bad row is rejected as it is. */
export const plan = (row: Row | Rejection, identities: Identities, options: PlanOptions): Plan =>
  isRejection(row) ? { kind: "reject", rejection: row } : planRow(row, identities, options);
