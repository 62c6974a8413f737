import { parseInstant } from "./instant.js";
import { asUuid } from "./uuid.js";

describe("SEC-2 RPL-2: instants as people write them", () => {
  it.each([
    ["2027-06-12T09:00:00Z", Date.UTC(2027, 5, 12, 9)],
    ["2027-06-12T11:00:00+02:00", Date.UTC(2027, 5, 12, 9)],
    ["2028-02-29", Date.UTC(2028, 1, 29)],
    ["8640000000000000", 8_640_000_000_000_000],
  ])("%s is read", (text, at) => expect(parseInstant(text, "--at")).toBe(at));

  it.each([
    ["9999999999999999", /lies beyond the last instant that a date can hold, 8640000000000000/],
    ["2026-02-31", /there is no day 2026-02-31/],
    ["2027-02-29T09:00:00Z", /there is no day 2027-02-29/],
    ["2026-13-01", /there is no day 2026-13-01/],
    ["2026-01-01T25:00:00Z", /is no instant/],
    ["2026-01-01T09:00:00", /is no instant/],
  ])("%s is refused as wrong usage", (text, message) => {
    expect(() => parseInstant(text, "--at")).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: "usage" }),
        message: expect.stringMatching(message),
      }),
    );
  });
});

it("SEC-2: an id in upper case is the same id", () => {
  expect(asUuid("5F0C7A52-6C7E-5B0A-8A1E-1C2D3E4F5A6B")).toBe("5f0c7a52-6c7e-5b0a-8a1e-1c2d3e4f5a6b");
  expect(asUuid("'; drop table")).toBeUndefined();
});
