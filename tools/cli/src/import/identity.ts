// A row's wedding id, the same on every run, so that a repeated import finds its own weddings again.
// With `id` mapped it is that column. Else it is made from what identifies a booking: date, bookedOn, names and
// e-mail as in the file (not shifted, without status, so that a later cancellation is of the same wedding), plus a
// running number among rows that are alike in all of these. Lines may so be added, removed or reordered.
import { createHash } from "node:crypto";
import type { Rejection, Row } from "./row.js";

/** 53 bits of a digest: cheap to keep for millions of rows; two of a million rows collide once in 18,000 files. */
const brief = (digest: Buffer): number => Number(digest.readBigUInt64BE() >> 11n);

const digestOf = (parts: readonly (string | number | undefined)[]): Buffer =>
  createHash("sha256")
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest();

export class Identities {
  readonly #seen = new Map<number, number>();

  /** The id of a row, or the rejection of a row whose id an earlier line already has. */
  of(row: Row): { readonly id: string } | Rejection {
    if (row.id !== undefined) {
      const key = brief(digestOf([row.id]));
      const first = this.#seen.get(key);
      if (first !== undefined) {
        return { line: row.line, code: "id_repeated", message: `line ${first} has the same id; the first one counts` };
      }
      this.#seen.set(key, row.line);
      return { id: row.id };
    }
    const digest = digestOf([row.date, row.bookedOn, row.names, row.email]);
    const key = brief(digest);
    const number = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, number);
    return { id: `w-${digest.toString("hex", 0, 12)}-${number}` };
  }
}

/** An address nobody has (RFC 2606), readable when the id fits into the part before the @ and unique in any case. */
export const madeUpEmail = (weddingId: string): string => {
  const fits = weddingId.length <= 64 && !/^\.|\.$|\.\./.test(weddingId);
  const local = fits ? weddingId : `w-${digestOf([weddingId]).toString("hex", 0, 16)}`;
  return `${local}@example.test`;
};
