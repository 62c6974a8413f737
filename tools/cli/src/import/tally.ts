// What an import counts, and the result it prints. Every row ends in exactly one of imported, unchanged,
// not yet booked and rejected.
import type { BulkWeddings } from "../answers.js";
import type { Rejection } from "./row.js";

export interface ImportResult {
  readonly rows: number;
  /** New or changed records, cancelled ones included. */
  readonly imported: number;
  readonly unchanged: number;
  /** Records that are cancelled, whether this run or an earlier one brought them. */
  readonly cancelled: number;
  readonly notYetBooked: number;
  /** Journey steps this run got accepted, those skipped at once included. */
  readonly executions: number;
  readonly steps: {
    /** All steps accepted, `skipped` of them at once because their time had passed; `pending` is what is left. */
    readonly accepted: number;
    readonly skipped: number;
    readonly pending: number;
    /** Steps an earlier run got accepted. */
    readonly unchanged: number;
  };
  readonly rejected: readonly Rejection[];
}

export class Tally {
  #rows = 0;
  #imported = 0;
  #unchanged = 0;
  #cancelled = 0;
  #notYetBooked = 0;
  readonly #steps = { accepted: 0, skipped: 0, unchanged: 0 };
  readonly #rejected: Rejection[] = [];

  get rows(): number {
    return this.#rows;
  }

  notYetBooked(): void {
    this.#rows += 1;
    this.#notYetBooked += 1;
  }

  reject(rejection: Rejection): void {
    this.#rows += 1;
    this.#rejected.push(rejection);
  }

  /** Counts the server's answer for one row. */
  answered(line: number, cancelled: boolean, result: BulkWeddings["results"][number]): void {
    if (result.status === "refused") {
      const { code = "refused", detail, title } = result.problem ?? {};
      this.reject({ line, code, message: detail ?? title ?? "the server refused this record" });
      return;
    }
    this.#rows += 1;
    if (cancelled) this.#cancelled += 1;
    if (result.status === "unchanged") this.#unchanged += 1;
    else this.#imported += 1;
    this.#steps.accepted += result.executions?.accepted ?? 0;
    this.#steps.skipped += result.executions?.skipped ?? 0;
    this.#steps.unchanged += result.executions?.unchanged ?? 0;
  }

  /** The result so far; rejected lines in the order of the file. */
  result(): ImportResult {
    return {
      rows: this.#rows,
      imported: this.#imported,
      unchanged: this.#unchanged,
      cancelled: this.#cancelled,
      notYetBooked: this.#notYetBooked,
      executions: this.#steps.accepted,
      steps: { ...this.#steps, pending: this.#steps.accepted - this.#steps.skipped },
      rejected: this.#rejected.toSorted((a, b) => a.line - b.line),
    };
  }
}
