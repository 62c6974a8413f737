// A module type registered at run time with an address: what happens is the business of whoever answers there. It gets the
// content it was asked with, and nothing of the couple that the content does not hold.
import type { JourneyModule } from "./journey-module.js";
import type { EffectClass } from "./provider.js";

export interface HttpMessage {
  /** Where the far side listens, as the definition names it. */
  readonly url: string;
  readonly executionId: string;
  /** What the definition promises of the far side; a `keyed` one gets an `Idempotency-Key`. */
  readonly effect: EffectClass;
  /** JSON, the same for every attempt. */
  readonly body: string;
}

/** The part of a definition that such a module is made of. */
export interface HttpModuleDefinition {
  readonly type: string;
  readonly url: string;
  readonly effect: EffectClass;
}

/** The module of one definition: its message is `{type, data: {executionId, wedding: {date, zone}, content}}`. */
export function httpModule({ type, url, effect }: HttpModuleDefinition): JourneyModule<HttpMessage> {
  return {
    type,
    render: ({ executionId, content, wedding: { date, zone } }) => {
      const body = JSON.stringify({ type, data: { executionId, wedding: { date, zone }, content } });
      return { ok: true, effect: { channel: "http", message: { url, executionId, effect, body } } };
    },
  };
}
