// The public face of the registry. Everything not named here is internal.
export { allocationFor, type Allocation } from "./allocation.js";
export { builtinDefinitions } from "./builtin-definitions.js";
export { compareVersions, type SchemaChange } from "./compare-schemas.js";
export {
  createRegistry,
  type AcceptedRequest,
  type LogTrouble,
  type ModuleSummary,
  type Registry,
  type RegistryMeta,
  type RegistryOptions,
  type RequestRefusal,
  type Written,
} from "./create-registry.js";
export { checkSchema } from "./check-schema.js";
export { handlerName } from "./handlers.js";
export { type Issue, type Validated, type ValueType } from "./issues.js";
export { registryLimits } from "./json-limits.js";
export { patternProblem, type PatternProblem } from "./linear-pattern.js";
export { type ActiveModule } from "./module-cache.js";
export { moduleDecider, type ModuleCommand, type ModuleRefusal, type ModuleState } from "./module-decider.js";
export {
  effectivePayload,
  validateConfig,
  validatePayload,
  validateRequest,
  type JsonRecord,
  type RequestCheck,
} from "./validate.js";
export { compareDefinitions, validateDefinition, type DefinitionCheck } from "./validate-definition.js";
export {
  isTimeZone,
  vendorDecider,
  type Vendor,
  type VendorCommand,
  type VendorRefusal,
  type VendorState,
} from "./vendor-decider.js";
