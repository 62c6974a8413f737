// What a request may say that the types of JSON alone would let through.
import { executionBody, journeyBody, vendorBody, weddingBody } from "./shapes.js";

const vendor = { name: "Lens & Light", type: "venue", market: "united-kingdom", timeZone: "Europe/London" };
const couple = { names: "Zoë & Łukasz", email: "z@example.test" };
const execution = { weddingId: "w", moduleType: "email" };

describe("shapes of requests", () => {
  it.each([
    ["a line end", "Anna\r\nBcc: x@example.test"],
    ["a tab", "Anna\tBen"],
    ["a delete", "Anna\u007f"],
    ["a next line", "Anna\u0085Ben"],
    ["a line separator", "Anna\u2028Ben"],
    ["a paragraph separator", "Anna\u2029Ben"],
    ["blanks alone", "   "],
    ["one kind of blank", "\u00a0\u3000"],
    ["nothing", ""],
  ])("SEC-2: names and a phone number with %s are refused, for no mail could carry them", (_what, text) => {
    expect(vendorBody.safeParse({ ...vendor, name: text }).success).toBe(false);
    expect(weddingBody.safeParse({ date: "2027-06-12", couple: { ...couple, names: text } }).success).toBe(false);
    expect(weddingBody.safeParse({ date: "2027-06-12", couple: { ...couple, phone: text } }).success).toBe(false);
  });

  it("names of people are text of any script", () => {
    for (const names of ["Zoë & Łukasz", " Anna ", "花子と太郎", "أمل وسامي", "👰🏽‍♀️ & 🤵", "x"])
      expect(
        weddingBody.safeParse({ date: "2027-06-12", couple: { ...couple, names, phone: "+44 20 7946 0000" } }).success,
      ).toBe(true);
  });

  it("API-1: instants and days are refused where an answer could not write what follows from them", () => {
    for (const at of ["9999-12-31T23:59:59-23:59", "9900-01-01T00:00:00Z", "9899-12-31T23:59:59-01:00"]) {
      const { error } = executionBody.safeParse({ ...execution, when: { at } });
      expect(error?.issues).toMatchObject([{ path: ["when", "at"], message: "The year 9899 is the last." }]);
    }
    expect(executionBody.safeParse({ ...execution, when: { at: "9899-12-31T23:59:59Z" } }).success).toBe(true);
    for (const days of [{ date: "9900-01-01" }, { date: "9899-12-31", endDate: "9900-01-01" }])
      expect(weddingBody.safeParse({ ...days, couple }).success).toBe(false);
    expect(weddingBody.safeParse({ date: "9899-12-31", couple }).success).toBe(true);
  });

  it("API-1: a day that is too far is refused with the bound of days", () => {
    const steps = [{ key: "a", moduleType: "email", at: { day: 1e308, time: "09:00" }, config: {} }];
    expect(journeyBody.safeParse({ steps }).error?.issues[0]).toMatchObject({ code: "too_big", maximum: 3650 });
  });
});
