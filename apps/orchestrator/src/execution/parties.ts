// The people of an execution in clear, read just before the effect: couple and vendor as they are now.
import type { Work } from "@wedsync/contracts/scheduler";
import type { KeyStore } from "@wedsync/adapter-postgres";
import { z } from "zod";
import type { KnownStates } from "../platform/known-states.js";

export const coupleShape = z.object({ names: z.string(), email: z.string(), phone: z.string().optional() });
export const vendorContact = z.object({ name: z.string(), replyTo: z.string().optional() });

export interface Party {
  readonly couple: { readonly names: string; readonly email: string };
  readonly vendor: { readonly name: string; readonly replyTo?: string };
  readonly wedding: { readonly date: string; readonly zone: string };
}

export interface PartyReader {
  /** By wedding stream; a wedding whose data was erased is absent. */
  read(works: readonly Work[]): Promise<ReadonlyMap<string, Party>>;
}

/** Key name for data of the vendor itself. */
export const vendorLevel = "-";

export function createPartyReader(states: Pick<KnownStates, "vendor" | "weddingOf">, keys: KeyStore): PartyReader {
  const vendorOf = async (vendor: string): Promise<Party["vendor"] | undefined> => {
    const loaded = await states.vendor(vendor);
    if (!loaded.ok || loaded.state.vendor === undefined) return undefined;
    const contact = vendorContact.safeParse(await keys.open(vendor, vendorLevel, loaded.state.vendor.sealed));
    if (!contact.success) return undefined;
    const { name, replyTo } = contact.data;
    return { name, ...(replyTo === undefined ? {} : { replyTo }) };
  };
  return {
    read: async (works) => {
      const parties = new Map<string, Party>();
      const vendorCache = new Map<string, Promise<Party["vendor"] | undefined>>();
      const unique = new Map(works.map((work) => [work.weddingStream, work]));
      await Promise.all(
        [...unique.values()].map(async ({ weddingStream, vendor, wedding }) => {
          const pendingVendor = vendorCache.get(vendor) ?? vendorOf(vendor);
          vendorCache.set(vendor, pendingVendor);
          // When the wedding cannot be read, nobody waits for the vendor any more; its failure is the same one.
          pendingVendor.catch(() => undefined);
          const [loaded, contact] = await Promise.all([states.weddingOf(weddingStream), pendingVendor]);
          if (!loaded.ok || loaded.state.sealed === undefined || contact === undefined) return;
          const { sealed, schedule } = loaded.state;
          const couple = coupleShape.safeParse(await keys.open(vendor, wedding, sealed));
          if (!couple.success) return;
          parties.set(weddingStream, {
            couple: { names: couple.data.names, email: couple.data.email },
            vendor: contact,
            wedding: { date: schedule.date, zone: schedule.zone },
          });
        }),
      );
      return parties;
    },
  };
}
