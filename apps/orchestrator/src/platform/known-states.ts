// Weddings and vendors in memory: every accepted execution needs its wedding, and every effect both. Kept fresh by the tail
// that each process follows anyway, and at once by this process's own changes.
import { createCodec } from "@wedsync/contracts";
import { vendorEvents } from "@wedsync/contracts/registry";
import { weddingEvents } from "@wedsync/contracts/scheduler";
import { loadState, type EventReader, type LoadedState, type RecordedEvent } from "@wedsync/event-log";
import { vendorDecider, type VendorState } from "@wedsync/registry";
import { weddingDecider, type WeddingState } from "@wedsync/scheduler";
import type { Ids } from "./ids.js";
import { StateCache } from "./state-cache.js";

const weddings = createCodec(weddingEvents);
const vendors = createCodec(vendorEvents);
const heldWeddings = 20_000;
const heldVendors = 5_000;

export interface KnownStates {
  wedding(vendor: string, wedding: string): Promise<LoadedState<WeddingState>>;
  weddingOf(stream: string): Promise<LoadedState<WeddingState>>;
  vendor(vendor: string): Promise<LoadedState<VendorState>>;
  /** This process changed it: the next question is answered from the log. */
  weddingChanged(vendor: string, wedding: string): void;
  vendorChanged(vendor: string): void;
  /** Follows the log. */
  see(events: readonly RecordedEvent[]): void;
  /** The log cannot be followed now: nothing is held. */
  clear(): void;
}

export function createKnownStates(reader: Pick<EventReader, "readStream">, ids: Ids): KnownStates {
  const weddingStates = new StateCache<WeddingState>({
    load: async (stream) => await loadState(reader, weddings, weddingDecider, "wedding", stream),
    isWorthKeeping: (state) => state.status !== "none",
    max: heldWeddings,
  });
  const vendorStates = new StateCache<VendorState>({
    load: async (stream) => await loadState(reader, vendors, vendorDecider, "vendor", stream),
    isWorthKeeping: (state) => state.vendor !== undefined,
    max: heldVendors,
  });
  const streamOf = (vendor: string, wedding: string): string => ids.stream("wedding", vendor, wedding);
  return {
    wedding: async (vendor, wedding) => await weddingStates.get(streamOf(vendor, wedding)),
    weddingOf: async (stream) => await weddingStates.get(stream),
    vendor: async (vendor) => await vendorStates.get(ids.stream("vendor", vendor)),
    weddingChanged: (vendor, wedding) => weddingStates.forget(streamOf(vendor, wedding)),
    vendorChanged: (vendor) => vendorStates.forget(ids.stream("vendor", vendor)),
    see: (events) => {
      for (const { category, stream } of events) {
        if (category === "wedding") weddingStates.forget(stream);
        else if (category === "vendor") vendorStates.forget(stream);
      }
    },
    clear: () => {
      weddingStates.clear();
      vendorStates.clear();
    },
  };
}
