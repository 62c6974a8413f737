// A module with the provider that carries its effect, as one thing whose message type nobody outside needs to know.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import type { DeliverOptions, DeliveryOutcome, JourneyModule, ModuleInput, Provider } from "@wedsync/journey-modules";

/** Makes the rendered call. */
export type EffectCall = (options: DeliverOptions) => Promise<DeliveryOutcome>;

export interface Handler {
  /** Name of the provider. */
  readonly provider: string;
  prepare(
    definition: ModuleDefinition,
    input: ModuleInput,
  ): { readonly ok: true; readonly call: EffectCall } | { readonly ok: false; readonly code: string };
}

/** Binds modules to their provider; `moduleOf` gives the module of a definition. */
export function createHandler<Message>(
  provider: Provider<Message>,
  moduleOf: (definition: ModuleDefinition) => JourneyModule<Message>,
): Handler {
  return {
    provider: provider.name,
    prepare: (definition, input) => {
      const rendered = moduleOf(definition).render(input);
      if (!rendered.ok) return { ok: false, code: rendered.refusal.code };
      const { message } = rendered.effect;
      return { ok: true, call: async (options) => await provider.deliver(message, options) };
    },
  };
}
