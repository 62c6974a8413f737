// Injection token for what comes from packages without a framework.
export const PLATFORM = Symbol("platform");
