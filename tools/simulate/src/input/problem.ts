// What is wrong with the input, said once for a person: the command turns it into exit 2.

/** Wrong input or usage. The message says what, where and what to do, and never shows a cell, which may be personal. */
export interface InputProblem {
  readonly code: string;
  /** Counted from 1, the header's; absent when it concerns the whole file or the options. */
  readonly line?: number;
  readonly message: string;
}

/** The value, or what is wrong: one problem at least. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

export const read = <T>(value: T): Read<T> => ({ ok: true, value });

export const refuse = (code: string, message: string, line?: number): Read<never> => ({
  ok: false,
  problems: [{ code, message, ...(line === undefined ? {} : { line }) }],
});

/** One line for a person. @param file where the problem's line is */
export const problemText = ({ line, message }: InputProblem, file: string): string =>
  line === undefined ? message : `${file}, line ${line}: ${message}`;
