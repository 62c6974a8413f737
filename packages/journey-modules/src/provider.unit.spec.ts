import { mayTryAgain } from "./index.js";

describe("mayTryAgain", () => {
  it("SCH-7: only what certainly was not sent and may succeed is tried again", () => {
    expect(mayTryAgain({ kind: "not_sent", code: "x" })).toBe(true);
    expect(mayTryAgain({ kind: "rejected", code: "x", retryable: true })).toBe(true);
    expect(mayTryAgain({ kind: "rejected", code: "x", retryable: false })).toBe(false);
    expect(mayTryAgain({ kind: "unknown", code: "x" })).toBe(false);
    expect(mayTryAgain({ kind: "accepted" })).toBe(false);
  });
});
