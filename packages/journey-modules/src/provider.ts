// The port to whatever carries out an effect. Its answers are what the platform's promise of "never sent twice by
// accident" rests on: an answer must never be more certain than what the provider knows.

/**
 * What a provider promises when it is asked twice with one key: `keyed` acts once inside its window, `plain` acts twice,
 * `at-most-once` acts twice and must therefore never be asked again after a doubt.
 */
export type EffectClass = "keyed" | "plain" | "at-most-once";

/**
 * How a delivery ended. `code` is stable, lower case with underscores, at most 64 characters, and holds no personal data.
 */
export type DeliveryOutcome =
  /** The provider has taken responsibility. `receipt`: at most 256 characters, no personal data. */
  | { readonly kind: "accepted"; readonly receipt?: string }
  /** The provider said no, so nothing was sent. `retryable`: the same message may be taken later. */
  | { readonly kind: "rejected"; readonly code: string; readonly retryable: boolean }
  /** It ended before the first byte of the body, so nothing was sent; another try or another provider is safe. */
  | { readonly kind: "not_sent"; readonly code: string }
  /** It may or may not have been sent. Never to be repeated blindly. */
  | { readonly kind: "unknown"; readonly code: string };

export interface DeliverOptions {
  /** The same for every attempt of one execution; what a `keyed` provider de-duplicates by. */
  readonly key: string;
  /** Number of the attempt from 1, for the far side's own log. */
  readonly attempt?: number;
  /** Aborting ends the delivery: `not_sent` before the body began, `unknown` after it. */
  readonly signal: AbortSignal;
  /**
   * Called once, when the next byte would be part of the body, and awaited: the place to record that from here on a loss
   * is a doubt. When it fails, the delivery ends as `not_sent` with the code `body_start_refused`.
   */
  readonly onBodyStart?: () => void | Promise<void>;
}

export interface Provider<Message> {
  /** As in a definition's `providers`: `smtp`, `twilio`. */
  readonly name: string;
  readonly effect: EffectClass;
  /** Never throws and never rejects: everything that can happen is an outcome. */
  deliver(message: Message, options: DeliverOptions): Promise<DeliveryOutcome>;
  /** Lets go of connections; deliveries under way end first. */
  close?(): Promise<void>;
}

/** True when another attempt cannot double the effect and may succeed. */
export function mayTryAgain(outcome: DeliveryOutcome): boolean {
  return outcome.kind === "not_sent" || (outcome.kind === "rejected" && outcome.retryable);
}
