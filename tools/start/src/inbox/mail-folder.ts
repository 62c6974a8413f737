// Received mails as files of the data folder: they survive restarts, and the newest thousand are shown.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { simpleParser, type ParsedMail } from "mailparser";
import { mailFile } from "./mail-file.js";

export const shownMails = 1_000;

export interface MailSummary {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
}

export class MailFolder {
  readonly #folder: string;
  readonly #summaries = new Map<string, MailSummary>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** Keeps one message. The file appears whole or not at all. */
  async keep(raw: Buffer, now: number): Promise<void> {
    const id = `${String(now).padStart(13, "0")}-${randomUUID()}`;
    const partial = join(this.#folder, `${id}.part`);
    await writeFile(partial, raw, { mode: 0o600 });
    await rename(partial, join(this.#folder, `${id}.eml`));
  }

  /** How many mails there are, and the newest of them, newest first. */
  async newest(limit = shownMails): Promise<{ readonly total: number; readonly mails: readonly MailSummary[] }> {
    const ids = (await readdir(this.#folder))
      .filter((name) => mailFile.test(name))
      .map((name) => name.slice(0, -4))
      .sort()
      .reverse();
    const mails: MailSummary[] = [];
    for (const id of ids.slice(0, limit)) {
      const known = this.#summaries.get(id) ?? (await this.#summarise(id));
      this.#summaries.set(id, known);
      mails.push(known);
    }
    return { total: ids.length, mails };
  }

  /** One mail; undefined when there is none of that id. */
  async read(id: string): Promise<ParsedMail | undefined> {
    if (!mailFile.test(`${id}.eml`)) return undefined;
    const raw = await readFile(join(this.#folder, `${id}.eml`)).catch(() => undefined);
    return raw === undefined ? undefined : await simpleParser(raw);
  }

  async #summarise(id: string): Promise<MailSummary> {
    const mail = await simpleParser(await readFile(join(this.#folder, `${id}.eml`)));
    return {
      id,
      receivedAt: new Date(Number(id.slice(0, 13))).toISOString(),
      from: mail.from?.text ?? "",
      to: Array.isArray(mail.to) ? mail.to.map((address) => address.text).join(", ") : (mail.to?.text ?? ""),
      subject: mail.subject ?? "",
      messageId: mail.messageId ?? "",
    };
  }
}
