// A vendor: the tenant of the platform. Its name and address travel sealed; only their digest is compared.
import type { VendorEvent } from "@wedsync/contracts/registry";
import { accept, refuse, type Decider } from "@wedsync/event-log";

export type Vendor = VendorEvent["data"];

export interface VendorState {
  readonly vendor?: Vendor;
}

/** Registers the vendor or changes it; the same data again changes nothing, although it is sealed anew each time. */
export interface VendorCommand {
  readonly kind: "put";
  readonly vendor: Vendor;
}

export type VendorRefusal =
  | { readonly code: "vendor_mismatch"; readonly message: string }
  | { readonly code: "time_zone_unknown"; readonly message: string };

export const vendorDecider: Decider<VendorState, VendorCommand, VendorEvent, VendorRefusal> = {
  initialState: {},
  decide: ({ vendor }, state) => {
    const known = state.vendor;
    if (known === undefined) return accept<VendorEvent>({ type: "VendorRegistered", data: vendor });
    if (known.vendorId !== vendor.vendorId) {
      return refuse({
        code: "vendor_mismatch",
        message: "This stream belongs to another vendor; use the vendor's own stream.",
      });
    }
    const same =
      known.digest === vendor.digest &&
      known.type === vendor.type &&
      known.market === vendor.market &&
      known.timeZone === vendor.timeZone;
    return same ? accept<VendorEvent>() : accept<VendorEvent>({ type: "VendorChanged", data: vendor });
  },
  evolve: (_state, event) => ({ vendor: event.data }),
  isTerminal: () => false,
};

/** True for a time zone this runtime knows; a wrong name must not reach a schedule. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
