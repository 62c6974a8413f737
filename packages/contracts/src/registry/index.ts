// Context: module types with their versions, and vendors.
export { moduleDefinition, type ModuleDefinition } from "./module-definition.js";
export { moduleEvents, type ModuleEvent } from "./module-events.js";
export { vendorEvents, type VendorEvent } from "./vendor-events.js";
