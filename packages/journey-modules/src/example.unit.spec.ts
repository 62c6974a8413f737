import { run } from "../examples/month-before.js";

it("LIB-1: the README's example prints what the README says", async () => {
  expect(await run()).toEqual([
    "a typo: variable_missing at /content/text",
    "subject: 30 days to go",
    "text: Dear Anna & Zoë, see you on Saturday 20 June 2026!",
    "outcome: accepted",
  ]);
});
