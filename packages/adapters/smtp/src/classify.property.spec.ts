import * as fc from "fast-check";
import { classify, type Progress } from "./classify.js";

const progress = fc.constantFrom<Progress>("opening", "sending", "body");
const failure = fc.record(
  {
    code: fc.constantFrom(
      "ESOCKET",
      "ECONNECTION",
      "ETIMEDOUT",
      "EDNS",
      "ETLS",
      "EAUTH",
      "EENVELOPE",
      "EMESSAGE",
      "EPROTOCOL",
      "ESTREAM",
      "E?",
    ),
    originalCode: fc.constantFrom("ECONNREFUSED", "ECONNRESET", "DEPTH_ZERO_SELF_SIGNED_CERT"),
    command: fc.constantFrom(
      "CONN",
      "EHLO",
      "HELO",
      "STARTTLS",
      "AUTH PLAIN",
      "MAIL FROM",
      "RCPT TO",
      "DATA",
      "API",
      "X canary",
    ),
    responseCode: fc.oneof(fc.integer({ min: 100, max: 999 }), fc.constant(false)),
    response: fc.constant("550 canary@example.test unknown"),
    message: fc.constant("canary@example.test"),
  },
  { requiredKeys: [] },
);
const anything = fc.oneof(failure, fc.anything());

describe("SMTP: classification of any failure", () => {
  it("SCH-7: a failure is never an acceptance, and before the body never a doubt", () => {
    fc.assert(
      fc.property(anything, progress, (error, at) => {
        const { kind } = classify(error, at);
        expect(kind).not.toBe("accepted");
        if (at !== "body") expect(kind).not.toBe("unknown");
      }),
    );
  });

  it("SCH-7: after the body began only the reply to the message settles it", () => {
    fc.assert(
      fc.property(failure, (error) => {
        const replied =
          error.code === "EMESSAGE" && Number(error.responseCode) >= 400 && Number(error.responseCode) <= 599;
        expect(classify(error, "body").kind).toBe(replied ? "rejected" : "unknown");
      }),
    );
  });

  it("SEC-2: codes are stable names without a word of the server's", () => {
    fc.assert(
      fc.property(anything, progress, (error, at) => {
        const outcome = classify(error, at);
        expect(JSON.stringify(outcome)).not.toContain("canary");
        expect("code" in outcome ? outcome.code : "").toMatch(/^smtp_[a-z0-9_]{1,59}$/);
      }),
    );
  });
});
