// An SMTP server that writes down what reached it. Independent of the platform: it is the witness of what was really sent.
import { appendFile, readFile, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { SMTPServer } from "smtp-server";

export interface RecordedMail {
  readonly messageId: string;
  readonly to: string;
  readonly from: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface SmtpRecorder {
  readonly url: string;
  readonly port: number;
  mails(): Promise<readonly RecordedMail[]>;
  close(): Promise<void>;
}

export interface SmtpRecorderOptions {
  /** One JSON line a mail; what was written survives the recorder. */
  readonly file: string;
  /** Seeded delay before each answer to a mail, milliseconds. */
  readonly delay?: { readonly seed: number; readonly minMs: number; readonly maxMs: number };
}

export async function startSmtpRecorder({ file, delay }: SmtpRecorderOptions): Promise<SmtpRecorder> {
  await writeFile(file, "", { flag: "a" });
  const chance = xoroshiro128plus(delay?.seed ?? 0);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData: (stream, _session, done) => {
      const record = async (): Promise<void> => {
        const mail = await simpleParser(stream);
        const to = Array.isArray(mail.to) ? mail.to.map((entry) => entry.text).join(", ") : (mail.to?.text ?? "");
        const entry: RecordedMail = {
          messageId: mail.messageId ?? "",
          to,
          from: mail.from?.text ?? "",
          replyTo: mail.replyTo?.text ?? "",
          subject: mail.subject ?? "",
          text: mail.text ?? "",
          html: mail.html === false ? "" : (mail.html ?? ""),
        };
        // Written before it is acknowledged: what the sender believes to be sent is always here.
        await appendFile(file, `${JSON.stringify(entry)}\n`);
        if (delay !== undefined) {
          const ms = uniformInt(chance, delay.minMs, delay.maxMs);
          await new Promise((resolve) => setTimeout(resolve, ms));
        }
      };
      record().then(() => done(), done);
    },
  });
  // A client that is killed in the middle is what these tests are about.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails: async () => await readMails(file),
    close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** What a recorder wrote so far. */
export async function readMails(file: string): Promise<readonly RecordedMail[]> {
  const text = await readFile(file, "utf8");
  // A last line without its end is still being written.
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as RecordedMail);
}
