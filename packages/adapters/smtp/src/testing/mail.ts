// A mail full of personal data, for tests that look for it where it must not be.
import type { EmailMessage } from "@wedsync/journey-modules";

export const personal = ["Anna Canary", "canary@example.test", "Canary Photos", "the secret garden"] as const;

export const mail: EmailMessage = {
  messageId: "<0198f3a0-0000-7000-8000-000000000001@weddings.example.test>",
  from: { name: "Canary Photos", address: "no-reply@weddings.example.test" },
  to: { name: "Anna Canary", address: "canary@example.test" },
  replyTo: { name: "Canary Photos", address: "photos@example.test" },
  subject: "30 days to the secret garden",
  text: "Dear Anna Canary,\nsee you in the secret garden.",
  html: "<p>Dear Anna Canary</p>",
};
