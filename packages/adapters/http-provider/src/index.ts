// Modules that answer over HTTP, behind the provider port.
export { createHttpProvider, type HttpProviderOptions } from "./http-provider.js";
export { isPublicAddress } from "./public-address.js";
