import { catalogue } from "@wedsync/contracts";
import { recorded } from "../testing/events.js";
import { sentenceOf } from "./sentences.js";

it("RPL-1: a plan is told with market, span, most slots and mode", () => {
  expect(sentenceOf(recorded("CapacityPlanned", 1))).toBe(
    "Capacity of united-kingdom planned from Sat 2027-06-12 01:00:00 Europe/London to Mon 2027-07-12 01:00:00 Europe/London: at most 24 slots (shadow: nothing follows it)",
  );
  expect(sentenceOf(recorded("CapacityPlanned", 1, { mode: "active" }))).toMatch(/ \(active\)$/);
});

it("RPL-1: a forecast and a season policy are told", () => {
  expect(sentenceOf(recorded("DemandForecast", 1))).toBe(
    "Demand in united-kingdom forecast for 1 day by pick-up 1, from bookings up to 2027-06-01",
  );
  expect(sentenceOf(recorded("SeasonPolicyActivated", 1))).toBe(
    "Season policy default version 1 is in force for 1 market",
  );
});

it.each(catalogue.map(({ definition }) => definition.type))("RPL-1: %s has a sentence", (type) =>
  expect(sentenceOf(recorded(type, 1))).not.toMatch(/cannot be read|undefined|NaN|\[object/),
);
