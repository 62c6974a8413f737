// Every event of the platform by context: what the reference, the frozen schemas and the compatibility check are made of.
import type { EventDefinition } from "./definition.js";
import { platformEvents } from "./platform/platform-events.js";
import { moduleEvents } from "./registry/module-events.js";
import { vendorEvents } from "./registry/vendor-events.js";
import { dispatchEvents } from "./scheduler/dispatch-events.js";
import { executionEvents } from "./scheduler/execution-events.js";
import { journeyEvents, weddingEvents } from "./scheduler/wedding-events.js";
import { capacityEvents, policyEvents } from "./season-policy/season-events.js";

export interface CatalogueEntry {
  readonly context: string;
  readonly category: string;
  readonly definition: EventDefinition;
}

const entries = (
  context: string,
  category: string,
  definitions: readonly EventDefinition[],
): readonly CatalogueEntry[] => definitions.map((definition) => ({ context, category, definition }));

export const catalogue: readonly CatalogueEntry[] = [
  ...entries("registry", "module", moduleEvents),
  ...entries("registry", "vendor", vendorEvents),
  ...entries("scheduler", "wedding", weddingEvents),
  ...entries("scheduler", "journey", journeyEvents),
  ...entries("scheduler", "execution", executionEvents),
  ...entries("scheduler", "dispatch", dispatchEvents),
  ...entries("season-policy", "season", policyEvents),
  ...entries("season-policy", "capacity", capacityEvents),
  ...entries("platform", "platform", platformEvents),
];
