// From an answer, or the lack of one, to what is certain about the effect. Only codes leave this file: what a far side
// writes may hold anything.
import type { DeliveryOutcome } from "@wedsync/journey-modules";
import { privateAddressCode } from "./public-address.js";

/** The far side promises to answer so only when it did nothing, and that it may be asked again. */
const tryLater: ReadonlySet<number> = new Set([408, 409, 423, 425, 429, 503]);

/**
 * 2xx is done; 3xx and 4xx, 501 and 503 are a definite no. Any other answer comes from a far side that failed half way, or
 * from something between that does not know whether it did: a doubt.
 */
export function outcomeOf(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return { kind: "accepted", receipt: String(status) };
  if (tryLater.has(status)) return { kind: "rejected", code: `http_${status}`, retryable: true };
  if (status < 500 || status === 501) return { kind: "rejected", code: `http_${status}`, retryable: false };
  return { kind: "unknown", code: `http_${status}` };
}

/** An end without an answer is certain only before the first byte. */
export function outcomeOfFailure(error: unknown, hasBegun: boolean): DeliveryOutcome {
  const code = codeOf(error);
  if (hasBegun) return { kind: "unknown", code: causeOf(code) };
  if (code === privateAddressCode) return { kind: "rejected", code: "http_address_private", retryable: false };
  return { kind: "not_sent", code: causeOf(code) };
}

/** Codes of OpenSSL and of Node's TLS for a certificate or handshake that failed. */
const certificateTrouble = /^(ERR_TLS|ERR_SSL|EPROTO$|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_)|CERT$/;

function causeOf(code: string): string {
  if (code === "ECONNREFUSED") return "http_connection_refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "http_dns";
  if (code.endsWith("_TIMEOUT") || code === "ETIMEDOUT") return "http_timeout";
  if (code.startsWith("HPE_") || code === "UND_ERR_HEADERS_OVERFLOW") return "http_protocol";
  return certificateTrouble.test(code) ? "http_tls" : "http_connection_lost";
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  // Several addresses were tried; they failed alike.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : "";
}
