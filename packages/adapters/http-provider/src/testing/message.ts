// One call as the tests make it, full of things that must not come back in an outcome.
import type { HttpMessage } from "@wedsync/journey-modules";

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const personal = ["canary", "Anna"];

export const messageTo = (url: string, more: Partial<HttpMessage> = {}): HttpMessage => ({
  url,
  executionId: "execution-1",
  effect: "plain",
  body: JSON.stringify({ type: "gift-list", data: { content: { to: "canary@example.test", names: "Anna" } } }),
  ...more,
});
