// Context: module types with their versions, and vendors.
export { moduleDefinition, moduleEvents, type ModuleDefinition, type ModuleEvent } from "./module-events.js";
export { vendorEvents, type VendorEvent } from "./vendor-events.js";
