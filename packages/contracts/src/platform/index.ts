// Context: the platform's own facts: access, audit, the log itself.
export { platformEvents, type PlatformEvent } from "./platform-events.js";
