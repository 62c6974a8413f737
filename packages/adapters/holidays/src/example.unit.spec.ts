import { lines } from "../examples/policy-of-2027.js";

it("SEA-2: the README's example makes a policy with the holidays of two markets", () => {
  expect(lines).toEqual([
    "calendars: GB-ENG, AU-NSW",
    "London, Saturday 2027-08-28: 21.7",
    "London, bank holiday Monday 2027-08-30: 1.82",
    "Sydney, Saturday 2027-11-13: 10.8",
  ]);
});
