/**
 * mailparser mixes module systems; with the condition "import" its CommonJS half would be given the other half.
 * @jest-environment node
 * @jest-environment-options {"customExportConditions": ["@wedsync/source", "node"]}
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { EmailMessage } from "@wedsync/journey-modules";
import { mail } from "./testing/mail.js";
import { createSmtpProvider } from "./index.js";

interface Received {
  readonly mail: ParsedMail;
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
}

async function withInbox(
  options: SMTPServerOptions,
  address: (port: number) => string,
  messages: readonly EmailMessage[],
): Promise<{ readonly received: readonly Received[]; readonly outcomes: readonly unknown[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    ...options,
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      simpleParser(stream, {}, (error, parsed) => {
        received.push({
          mail: parsed,
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map((recipient) => recipient.address),
          secure: session.secure,
          user: session.user,
        });
        done(error);
      });
    },
  });
  server.on("error", () => undefined);
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const provider = createSmtpProvider({ url: address((listener.address() as AddressInfo).port) });
  const outcomes: unknown[] = [];
  for (const message of messages) {
    outcomes.push(await provider.deliver(message, { key: "k", signal: new AbortController().signal }));
  }
  await provider.close?.();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return { received, outcomes };
}

const plain = (port: number): string => `smtp://127.0.0.1:${port}?ignoreTLS=true`;
const secured = (port: number): string =>
  `smtp://user:pass%40word@127.0.0.1:${port}?requireTLS=true&tls.rejectUnauthorized=false`;
const onAuth: NonNullable<SMTPServerOptions["onAuth"]> = ({ username, password }, _session, done) =>
  username === "user" && password === "pass@word" ? done(null, { user: "user" }) : done(new Error("No."));

describe("SMTP: mail at a real server", () => {
  it("SCH-12: the mail arrives as it was rendered", async () => {
    const { received, outcomes } = await withInbox({}, plain, [mail]);
    expect(outcomes).toEqual([{ kind: "accepted", receipt: "250" }]);
    expect(received.length).toBe(1);
    expect([received[0]?.from, received[0]?.to]).toEqual([mail.from.address, [mail.to.address]]);
    const arrived = received[0]?.mail;
    expect(arrived?.messageId).toBe(mail.messageId);
    expect(arrived?.subject).toBe(mail.subject);
    expect(arrived?.text?.trim()).toBe(mail.text);
    expect(arrived?.html).toContain("<p>Dear Anna Canary</p>");
    expect(arrived?.from?.value).toEqual([mail.from]);
    expect(arrived?.replyTo?.value).toEqual([mail.replyTo]);
  });

  it("SCH-12: letters of every script, long lines and leading dots arrive unharmed", async () => {
    const text = `Zoë & 李雷 💍\n.\n..\n${"x".repeat(5_000)}\nFrom here`;
    const subject = "Zoë & 李雷: 💍 on Saturday, the twentieth of June in the garden behind the old mill";
    const { received } = await withInbox({}, plain, [
      { ...mail, subject, text, to: { ...mail.to, name: "Zoë, 李雷 & co" } },
    ]);
    const arrived = received[0]?.mail;
    expect([arrived?.subject, arrived?.text?.trim()]).toEqual([subject, text]);
    expect(arrived?.to).toMatchObject({ value: [{ name: "Zoë, 李雷 & co", address: mail.to.address }] });
  });

  it("U28: CR and LF in names and subjects add no header and no recipient, even if nobody checked before", async () => {
    const evil = "Hi\r\nBcc: thief@example.test\r\n\r\nbody";
    const { received } = await withInbox({}, plain, [
      { ...mail, subject: evil },
      { ...mail, to: { name: evil, address: mail.to.address } },
      { ...mail, from: { name: evil, address: mail.from.address } },
      { ...mail, messageId: "<a@b>\r\nBcc: thief@example.test" },
    ]);
    expect(received.length).toBe(4);
    for (const { mail: arrived, to } of received) {
      expect(to).toEqual([mail.to.address]);
      expect(arrived.headers.has("bcc")).toBe(false);
      expect(arrived.text?.trim()).toBe(mail.text);
    }
  });

  it("U28: an address with a line end is refused before it reaches the server", async () => {
    const address = "canary@example.test>\r\nRCPT TO:<thief@example.test";
    const { received, outcomes } = await withInbox({}, plain, [{ ...mail, to: { address } }]);
    expect(received).toEqual([]);
    expect(outcomes).toEqual([{ kind: "rejected", code: "smtp_address_invalid", retryable: false }]);
  });

  it("SEC-3: STARTTLS and a login from SMTP_URL are used", async () => {
    const { received, outcomes } = await withInbox({ onAuth, authOptional: false }, secured, [mail]);
    expect(outcomes).toEqual([{ kind: "accepted", receipt: "250" }]);
    expect(received[0]).toMatchObject({ secure: true, user: "user" });
  });

  it("SEC-3: TLS from the first byte is used for smtps", async () => {
    const address = (port: number): string => `smtps://127.0.0.1:${port}?tls.rejectUnauthorized=false`;
    const { received } = await withInbox({ secure: true }, address, [mail]);
    expect(received[0]?.secure).toBe(true);
  });

  it("SEC-3: a certificate that nobody vouches for is refused, and nothing is sent", async () => {
    const address = (port: number): string => `smtp://127.0.0.1:${port}?requireTLS=true`;
    const { received, outcomes } = await withInbox({}, address, [mail]);
    expect(received).toEqual([]);
    expect(outcomes).toEqual([{ kind: "not_sent", code: "smtp_tls" }]);
  });

  it("a wrong password is a rejection that another try will not change", async () => {
    const address = (port: number): string => secured(port).replace("pass%40word", "wrong");
    const { outcomes } = await withInbox({ onAuth, authOptional: false }, address, [mail]);
    expect(outcomes).toEqual([{ kind: "rejected", code: "smtp_auth_535", retryable: false }]);
  });

  it("a mail larger than the server takes is refused before the body", async () => {
    const { received, outcomes } = await withInbox({ size: 2_000 }, plain, [{ ...mail, text: "x".repeat(10_000) }]);
    expect(received).toEqual([]);
    expect(outcomes).toEqual([{ kind: "rejected", code: "smtp_message_too_large", retryable: false }]);
  });
});
