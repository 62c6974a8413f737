// The catalogue and the codec. Events themselves are imported from their context: `@wedsync/contracts/scheduler`.
export { catalogue, type CatalogueEntry } from "./catalogue.js";
export { createCodec } from "./codec.js";
export { type Reason, type Sealed, type Tier } from "./common.js";
export { defineEvent, type EventDefinition, type EventOf, type Upcaster } from "./definition.js";
