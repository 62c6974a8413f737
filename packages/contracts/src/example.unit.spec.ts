import { lines } from "../examples/old-versions.js";

it("LIB-1: the README's example prints what the README says", () => {
  expect(lines).toEqual([
    'an old one: {"listId":"smith-jones","currency":"GBP"}',
    'written now: {"type":"GiftListOpened","schemaVersion":2,"data":{"listId":"lee-novak","currency":"EUR"}}',
    "a newer one: newer_than_known",
    "a bad one: WeddingMoved/date: invalid_format",
  ]);
});
