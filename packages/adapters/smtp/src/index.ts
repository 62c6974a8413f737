// The public face of the adapter. Everything not named here is internal.
export { createSmtpProvider, type SmtpProviderOptions } from "./smtp-provider.js";
export { type PoolOptions } from "./session-pool.js";
export { type Timeouts } from "./session.js";
export { parseSmtpUrl, type SmtpSettings, type SmtpUrl } from "./smtp-url.js";
