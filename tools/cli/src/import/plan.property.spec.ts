import * as fc from "fast-check";
import { formatDay, parseDay } from "./civil-date.js";
import { Identities } from "./identity.js";
import { planRow, type Plan } from "./plan.js";
import type { Row } from "./row.js";
import { autoShift, MonthCount } from "./shift.js";

const base = parseDay("2026-06-01") ?? 0;
const someDay = fc.integer({ min: base - 900, max: base + 900 });
const someRow: fc.Arbitrary<Row> = fc.record({
  line: fc.integer({ min: 2, max: 1_000 }),
  id: fc.constant(undefined),
  date: someDay,
  bookedOn: fc.option(someDay, { nil: undefined }),
  state: fc.constantFrom("booked" as const, "cancelled" as const),
  statusDate: fc.option(someDay, { nil: undefined }),
  email: fc.option(fc.constantFrom("a@example.test", "b@example.test"), { nil: undefined }),
  names: fc.option(fc.constantFrom("A & B", "C & D"), { nil: undefined }),
});
const someShift = fc.integer({ min: -2_000, max: 2_000 });

const planAll = (rows: readonly Row[], today: number, shiftDays: number): Plan[] => {
  const identities = new Identities();
  return rows.map((row) => planRow(row, identities, { today, shiftDays, timeZone: "UTC", journeyId: "j" }));
};

const idOf = (plan: Plan): string | undefined => ("item" in plan ? plan.item.weddingId : undefined);

describe("what an import does with a row", () => {
  it("depends on nothing but the distance to today: a shifted file on a shifted day gives the same plans", () => {
    fc.assert(
      fc.property(fc.array(someRow), someDay, someShift, (rows, today, shift) => {
        const here = planAll(rows, today, 0);
        const there = planAll(rows, today + shift, shift);
        expect(there.map(({ kind }) => kind)).toEqual(here.map(({ kind }) => kind));
        expect(there.map(idOf)).toEqual(here.map(idOf));
        for (const [index, plan] of there.entries()) {
          if ("item" in plan) expect(parseDay(plan.item.date)).toBe((rows[index]?.date ?? 0) + shift);
        }
      }),
    );
  });

  it("gives rows without an id distinct ids, the same in every order of the lines", () => {
    fc.assert(
      fc.property(fc.array(someRow, { minLength: 1 }), (rows) => {
        const ids = (list: readonly Row[]) => {
          const numbered = list.map((row, at) => ({ ...row, line: at + 2 }));
          return planAll(numbered, base + 2_000, 0).map(idOf);
        };
        expect(new Set(ids(rows)).size).toBe(rows.length);
        expect(ids(rows.toReversed()).toSorted()).toEqual(ids(rows).toSorted());
        expect(ids([...rows, ...rows]).slice(0, rows.length)).toEqual(ids(rows));
        const [first] = rows;
        if (first !== undefined) {
          const at = (line: number) => planAll([{ ...first, line }], base + 2_000, 0).map(idOf);
          expect(at(9)).toEqual(at(2));
        }
      }),
    );
  });

  it("keeps a wedding's id when it is cancelled later", () => {
    fc.assert(
      fc.property(someRow, (row) => {
        const booked = planAll([{ ...row, state: "booked", statusDate: undefined }], base + 2_000, 0)[0];
        const cancelled = planAll([{ ...row, state: "cancelled", statusDate: base }], base + 2_000, 0)[0];
        expect(cancelled).toMatchObject({ kind: "cancel", item: { weddingId: booked && idOf(booked) } });
      }),
    );
  });

  it("leaves bookings of the future alone, cancels from the status date on, and books the rest", () => {
    fc.assert(
      fc.property(someRow, someDay, (row, today) => {
        const [plan] = planAll([row], today, 0);
        const future = row.bookedOn !== undefined && row.bookedOn > today;
        const cancelled = row.state === "cancelled" && !(row.statusDate !== undefined && row.statusDate > today);
        expect(plan?.kind).toBe(future ? "not_yet_booked" : cancelled ? "cancel" : "book");
        if (plan !== undefined && "item" in plan) {
          expect(plan.item.cancelled === true).toBe(plan.kind === "cancel");
          const isDated = plan.kind === "cancel" && row.statusDate !== undefined;
          expect(plan.item.cancelledOn).toBe(isDated ? formatDay(row.statusDate ?? 0) : undefined);
          expect(plan.item.journeyId).toBe(plan.kind === "cancel" ? undefined : "j");
        }
      }),
    );
  });
});

describe("--shift-days auto", () => {
  it("moves by whole weeks, so that the middle of the busiest month is at most half a week from today", () => {
    fc.assert(
      fc.property(someDay, someDay, (inMonth, today) => {
        const month = formatDay(inMonth).slice(0, 7);
        const shift = autoShift(month, today);
        expect(Math.abs(shift % 7)).toBe(0);
        expect(Math.abs((parseDay(`${month}-15`) ?? Number.NaN) + shift - today)).toBeLessThanOrEqual(3.5);
      }),
    );
  });

  it("finds the month with most rows that are not cancelled, the earliest of equals", () => {
    fc.assert(
      fc.property(fc.array(someRow), (rows) => {
        const months = new MonthCount();
        for (const row of rows) months.add(row);
        const kept = rows.filter(({ state }) => state === "booked").map(({ date }) => formatDay(date).slice(0, 7));
        const times = (month: string) => kept.filter((other) => other === month).length;
        const most = Math.max(0, ...kept.map(times));
        expect(months.busiest()).toBe(kept.filter((month) => times(month) === most).toSorted()[0]);
      }),
    );
  });
});
