// Injection tokens for parts that come from packages without a framework.
export const ENVIRONMENT = Symbol("environment");
export const LOGGER = Symbol("logger");
export const METRICS = Symbol("metrics");
export const LOG = Symbol("log");
export const CLOCK = Symbol("clock");
export const INDEX = Symbol("index reader");
export const KEYS = Symbol("data keys");
export const API_KEYS = Symbol("api keys");
export const LEASES = Symbol("worker leases");
export const REGISTRY = Symbol("registry");
export const STATES = Symbol("known states");
export const SCHEDULER = Symbol("scheduler");
export const PLATFORM = Symbol("platform");
