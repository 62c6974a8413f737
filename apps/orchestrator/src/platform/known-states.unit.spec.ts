// Weddings and vendors in memory follow the log, this process's own changes, and the loss of either.
import { createCodec } from "@wedsync/contracts";
import { vendorEvents } from "@wedsync/contracts/registry";
import { createMemoryLog } from "@wedsync/event-log";
import { schedulerInline } from "@wedsync/scheduler";
import { ids } from "./ids.js";
import { createKnownStates } from "./known-states.js";

const codec = createCodec(vendorEvents);

describe("known states", () => {
  it("answer from memory until the stream is seen to change, this process changes it, or the log is lost", async () => {
    const log = createMemoryLog({ clock: { now: () => 1_000 }, inline: schedulerInline });
    let reads = 0;
    const known = createKnownStates(
      {
        readStream: async (...question) => {
          reads += 1;
          return await log.readStream(...question);
        },
      },
      ids,
    );
    const stream = ids.stream("vendor", "v");
    const register = async () => {
      const data = { ...vendorEvents[0].example, vendorId: "v" };
      const encoded = codec.encode({ type: "VendorRegistered", data });
      const result = await log.append({
        class: "normal",
        meta: { source: "/test", correlationId: "c", actor: "system:test", region: "test", time: 1_000 },
        streams: [{ category: "vendor", stream, expectedVersion: 0, events: [{ id: ids.event(), ...encoded }] }],
      });
      expect(result.ok).toBe(true);
    };
    // Nobody yet: that is asked every time.
    await known.vendor("v");
    await known.vendor("v");
    expect(reads).toBe(2);

    await register();
    const versions = async () => await known.vendor("v").then((loaded) => loaded.ok && loaded.version);
    expect([await versions(), await versions(), reads]).toStrictEqual([1, 1, 3]);
    const events = await log.read({ after: 0n, limit: 10 });
    known.see(events);
    expect([await versions(), reads]).toStrictEqual([1, 4]);
    known.vendorChanged("v");
    expect([await versions(), reads]).toStrictEqual([1, 5]);
    known.clear();
    expect([await versions(), reads]).toStrictEqual([1, 6]);
    known.weddingChanged("v", "w");
    expect([await versions(), reads]).toStrictEqual([1, 6]);
  });
});
