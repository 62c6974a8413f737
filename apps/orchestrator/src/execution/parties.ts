// The people of an execution in clear, read just before the effect: couple and vendor as they are now.
import { createCodec } from "@wedsync/contracts";
import { vendorEvents } from "@wedsync/contracts/registry";
import { weddingEvents, type Work } from "@wedsync/contracts/scheduler";
import type { KeyStore } from "@wedsync/adapter-postgres";
import { fold, type EventReader } from "@wedsync/event-log";
import { vendorDecider } from "@wedsync/registry";
import { weddingDecider } from "@wedsync/scheduler";
import { z } from "zod";
import type { Ids } from "../platform/ids.js";

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

const weddings = createCodec(weddingEvents);
const vendors = createCodec(vendorEvents);
/** Key name for data of the vendor itself. */
export const vendorLevel = "-";

export function createPartyReader(reader: EventReader, keys: KeyStore, ids: Ids): PartyReader {
  const vendorOf = async (vendor: string): Promise<Party["vendor"] | undefined> => {
    const events = await reader.readStream("vendor", ids.stream("vendor", vendor));
    const state = fold(
      vendorDecider,
      events.flatMap((event) => decodedOrNone(vendors.decode(event))),
    );
    if (state.vendor === undefined) return undefined;
    const contact = vendorContact.safeParse(await keys.open(vendor, vendorLevel, state.vendor.sealed));
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
          const events = await reader.readStream("wedding", weddingStream);
          const state = fold(
            weddingDecider,
            events.flatMap((event) => decodedOrNone(weddings.decode(event))),
          );
          if (state.sealed === undefined) return;
          const couple = coupleShape.safeParse(await keys.open(vendor, wedding, state.sealed));
          const contact = await pendingVendor;
          if (!couple.success || contact === undefined) return;
          parties.set(weddingStream, {
            couple: { names: couple.data.names, email: couple.data.email },
            vendor: contact,
            wedding: { date: state.schedule.date, zone: state.schedule.zone },
          });
        }),
      );
      return parties;
    },
  };
}

function decodedOrNone<Event>(
  decoded: { readonly ok: true; readonly event: Event } | { readonly ok: false },
): readonly Event[] {
  return decoded.ok ? [decoded.event] : [];
}
