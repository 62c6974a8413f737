// What users of this package need in their tests; holds no test runner.
export {
  createNoopProvider,
  noopModule,
  providerBehaviours,
  type NoopMessage,
  type NoopProvider,
  type NoopProviderOptions,
  type ProviderBehaviour,
} from "../noop.js";
export {
  providerConformance,
  type ProviderHarness,
  type ProviderUnderTest,
  type TestKit,
} from "./provider-conformance.js";
