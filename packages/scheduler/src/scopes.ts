// Scopes that people hold, and the names of the guards that make a hold effective from its first instant.
import type { Tier, Work } from "@wedsync/contracts/scheduler";

export type Scope =
  | { readonly kind: "platform" }
  | { readonly kind: "vendor" | "module" | "market"; readonly id: string }
  | { readonly kind: "wedding"; readonly vendor: string; readonly wedding: string }
  | { readonly kind: "tier"; readonly tier: Tier };

const id = /^[A-Za-z0-9._-]{1,128}$/;
const tiers = new Set(["critical", "high", "normal", "low"]);

/** Reads `platform`, `vendor:V`, `module:M`, `market:M`, `wedding:V/W` or `tier:T`; undefined for anything else. */
export function parseScope(text: string): Scope | undefined {
  if (text === "platform") return { kind: "platform" };
  const at = text.indexOf(":");
  const kind = text.slice(0, at);
  const rest = text.slice(at + 1);
  if (at === -1) return undefined;
  if (kind === "tier") return tiers.has(rest) ? { kind, tier: rest as Tier } : undefined;
  if (kind === "wedding") {
    const [vendor = "", wedding = "", more] = rest.split("/");
    return more === undefined && id.test(vendor) && id.test(wedding) ? { kind, vendor, wedding } : undefined;
  }
  if (kind !== "vendor" && kind !== "module" && kind !== "market") return undefined;
  return id.test(rest) ? { kind, id: rest } : undefined;
}

/** Every scope that contains the work, tiers excepted (they change with time). */
export function scopesOf(work: Pick<Work, "vendor" | "wedding" | "moduleType" | "market">): readonly string[] {
  return [
    "platform",
    `vendor:${work.vendor}`,
    `wedding:${work.vendor}/${work.wedding}`,
    `module:${work.moduleType}`,
    `market:${work.market}`,
  ];
}

export const holdGuardKey = (scope: string): string => `hold:${scope}`;
export const weddingGuardKey = (weddingStream: string): string => `wedding:${weddingStream}`;

/** Value of a wedding's guard: its schedule version, marked when it was cancelled. */
export const weddingGuardValue = (scheduleVersion: number, cancelled: boolean): string =>
  cancelled ? `${scheduleVersion}/cancelled` : String(scheduleVersion);
