// From what nodemailer says of a failure to what is certain about the mail. Only codes leave this file: replies of mail
// servers quote addresses.
import type { DeliveryOutcome } from "@wedsync/journey-modules";

/** How far the delivery had come. */
export type Progress = "opening" | "sending" | "body";

interface Failure {
  readonly code: string;
  readonly originalCode: string;
  readonly command: string;
  readonly reply: number | undefined;
}

const steps: Readonly<Record<string, string>> = {
  EHLO: "ehlo",
  HELO: "ehlo",
  STARTTLS: "starttls",
  AUTH: "auth",
  MAIL: "mail",
  RCPT: "rcpt",
  DATA: "data",
};

/**
 * A reply of the server to a command is certain: it took nothing. So is any end before the body began. An end without a
 * reply after the body began is not: the last dot may have arrived.
 */
export function classify(error: unknown, progress: Progress): DeliveryOutcome {
  const failure = read(error);
  const { reply } = failure;
  const step = stepOf(failure, progress);
  if (progress === "body") {
    // `EMESSAGE` is the reply to the whole message; a reply left over on a lost connection is not.
    if (failure.code !== "EMESSAGE" || reply === undefined) return { kind: "unknown", code: causeOf(failure) };
    return rejected(`smtp_message_${reply}`, reply);
  }
  if (step !== undefined && reply !== undefined) return rejected(`smtp_${step}_${reply}`, reply);
  if (failure.code === "EENVELOPE") return { kind: "rejected", code: "smtp_address_invalid", retryable: false };
  if (failure.code === "EMESSAGE") return { kind: "rejected", code: "smtp_message_too_large", retryable: false };
  return { kind: "not_sent", code: causeOf(failure) };
}

/** Permanent is 5yz of RFC 5321, everything else may change. */
const rejected = (code: string, reply: number): DeliveryOutcome => ({
  kind: "rejected",
  code,
  retryable: reply < 500 || reply > 599,
});

function stepOf({ command, code }: Failure, progress: Progress): string | undefined {
  if (command === "CONN") return progress === "opening" && code === "EPROTOCOL" ? "greeting" : undefined;
  return steps[command.split(" ")[0] ?? ""];
}

/** Codes of OpenSSL and of Node's TLS for a certificate or handshake that failed. */
const certificateTrouble = /^(ERR_TLS|ERR_SSL|EPROTO$|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_)|CERT$/;

function causeOf({ code, originalCode, reply }: Failure): string {
  if (originalCode === "ECONNREFUSED") return "smtp_connection_refused";
  if (certificateTrouble.test(originalCode)) return "smtp_tls";
  switch (code) {
    case "EDNS":
      return "smtp_dns";
    case "ETLS":
    case "EREQUIRETLS":
      return "smtp_tls";
    case "ETIMEDOUT":
      return "smtp_timeout";
    case "EPROTOCOL":
      return "smtp_protocol";
    case "EAUTH":
    case "ENOAUTH":
      return "smtp_auth_unavailable";
    default:
      return reply === 421 ? "smtp_server_closing" : "smtp_connection_lost";
  }
}

function read(error: unknown): Failure {
  const record: Readonly<Record<string, unknown>> = typeof error === "object" && error !== null ? { ...error } : {};
  const text = (name: string): string => (typeof record[name] === "string" ? record[name] : "");
  const reply = record["responseCode"];
  return {
    code: text("code"),
    originalCode: text("originalCode"),
    command: text("command"),
    reply: typeof reply === "number" && reply >= 400 && reply <= 599 ? reply : undefined,
  };
}
