// Which addresses a definition may make this server call (SEC-3). A name is resolved once, and the connection goes to the
// very address that was checked: a second look-up could give another one.
import { lookup as resolve, type LookupAddress, type LookupOptions } from "node:dns";
import ipaddr from "ipaddr.js";

/** True for an address of the public internet; false for private, loopback, link-local, reserved ones and no address. */
export function isPublicAddress(text: string): boolean {
  // `process` also unwraps an IPv4 address inside an IPv6 one.
  return ipaddr.isValid(text) && ipaddr.process(text).range() === "unicast";
}

export const privateAddressCode = "ADDRESS_PRIVATE";
const denied = (): NodeJS.ErrnoException =>
  Object.assign(new Error("The name leads to an address that is not public."), { code: privateAddressCode });

type Answer = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** A look-up for sockets that fails when any address of the name is not public. */
export function publicLookup(hostname: string, options: LookupOptions, answer: Answer): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return answer(error, "");
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) return answer(denied(), "");
    return options.all === true ? answer(null, addresses) : answer(null, first.address, first.family);
  });
}

export type UrlCheck = { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly code: string };

/** Whether an address may be called at all. An IP address in it is never looked up, so it is checked here. */
export function checkUrl(text: string, allowPrivate: boolean): UrlCheck {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== "" || url.password !== "") return { ok: false, code: "http_url_invalid" };
  // Without TLS anybody on the way could read a couple's data; inside one's own network that is the operator's choice.
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:"))
    return { ok: false, code: "http_url_not_https" };
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (!allowPrivate && ipaddr.isValid(host) && !isPublicAddress(host))
    return { ok: false, code: "http_address_private" };
  return { ok: true, url };
}
