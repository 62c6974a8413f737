import { RequestedWork } from "./requested-work.js";

it("SEA-3: a load shape is made of the bookings before its day, and of all the work that they asked for", () => {
  const requested = new RequestedWork();
  for (const day of [10, 10, 12]) requested.addBooking(day);
  requested.addWork(10, -30, 9);
  requested.addWork(10, -30, 9);
  requested.addWork(10, 3, 0);
  requested.addWork(12, -30, 9);
  const shapeOf = requested.shapes();
  expect(shapeOf(10)).toBeUndefined();
  expect(shapeOf(11)).toEqual({
    perEvent: [
      { dayOffset: -30, hour: 9, executions: 1 },
      { dayOffset: 3, hour: 0, executions: 0.5 },
    ],
    total: 1.5,
    events: 2,
  });
  expect(shapeOf(13)?.perEvent[1]?.executions).toBeCloseTo(1 / 3);
});
