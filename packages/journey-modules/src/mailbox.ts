// Addresses and header text. What passes here can stand in a header: no line ends, no controls.
import { z } from "zod";
import type { Mailbox } from "./journey-module.js";

const address = z.email().max(254);

export const isEmailAddress = (value: string): boolean => address.safeParse(value).success;

/** One line of text: no control characters, no Unicode line ends, no half surrogate pairs. */
export function isHeaderText(value: string): boolean {
  return value.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value);
}

/** The part of an address after the last `@`. */
export const domainOf = (mail: string): string => mail.slice(mail.lastIndexOf("@") + 1);

/** Reads `name@example.com` or `Some Name <name@example.com>`; undefined for anything else. */
export function parseMailbox(text: string): Mailbox | undefined {
  const bare = text.trim();
  if (isEmailAddress(bare)) return { address: bare };
  const match = /^"?([^<>"]*)"?\s*<([^<>]+)>$/.exec(bare);
  const name = match?.[1]?.trim() ?? "";
  const found = match?.[2]?.trim() ?? "";
  if (!isEmailAddress(found) || !isHeaderText(name)) return undefined;
  return name === "" ? { address: found } : { name, address: found };
}
