// SMTP_URL to connection settings. A password is part of the address, so no message ever shows it.

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** STARTTLS or nothing. */
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly tls: { readonly rejectUnauthorized: boolean };
  readonly auth?: { readonly user: string; readonly pass: string };
  /** What this client calls itself in EHLO. */
  readonly name?: string;
}

export type SmtpUrl =
  | { readonly ok: true; readonly settings: SmtpSettings }
  | { readonly ok: false; readonly code: "smtp_url_invalid"; readonly message: string };

const example = "smtps://user:password@mail.example.com:465 or smtp://localhost:1025";
const parameters: ReadonlySet<string> = new Set(["requireTLS", "ignoreTLS", "tls.rejectUnauthorized", "name"]);

const invalid = (what: string): SmtpUrl => ({
  ok: false,
  code: "smtp_url_invalid",
  message: `SMTP_URL ${what}; write it like ${example}.`,
});

/**
 * Reads `smtp://` (STARTTLS when offered) and `smtps://`. With a password, and a host that is not this machine, TLS is
 * required unless the address says `?requireTLS=false`.
 */
export function parseSmtpUrl(text: string): SmtpUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return invalid("is not a URL");
  if (url.protocol !== "smtp:" && url.protocol !== "smtps:") return invalid("does not start with smtp:// or smtps://");
  if (url.hostname === "") return invalid("names no host");
  for (const [name] of url.searchParams) {
    if (!parameters.has(name)) return invalid(`has a parameter that is not one of ${[...parameters].join(", ")}`);
  }
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const user = decode(url.username);
  const pass = decode(url.password);
  if (user === undefined || pass === undefined) return invalid("has a user or password that is not percent-encoded");
  if ((user === "") !== (pass === "")) return invalid("has a user without a password, or a password without a user");
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = url.searchParams.get(name);
    return value === null ? otherwise : value === "true";
  };
  const name = url.searchParams.get("name");
  const settings: SmtpSettings = {
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && flag("requireTLS", user !== "" && !isLoopback(host)),
    ignoreTLS: flag("ignoreTLS", false),
    tls: { rejectUnauthorized: flag("tls.rejectUnauthorized", true) },
    ...(user === "" ? {} : { auth: { user, pass } }),
    ...(name === null ? {} : { name }),
  };
  return { ok: true, settings };
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.");

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
