import { recorded, logOf, execution } from "./testing/events.js";
import { scanLog } from "./scan-log.js";
import { gather } from "./why/gather.js";

const bars = () => {
  const seen: { readonly what: string; readonly until: bigint; readonly at: number[]; stopped: boolean }[] = [];
  const signal = new AbortController();
  const look = (what: string, until: bigint) => {
    const bar = { what, until, at: [] as number[], stopped: false };
    seen.push(bar);
    const progress = { update: (events: number) => void bar.at.push(events), stop: () => void (bar.stopped = true) };
    return { progress, signal: signal.signal };
  };
  return { seen, look, signal };
};

describe("RPL-7: a search shows how far it is", () => {
  it("moves the bar while it finds nothing, to the end", async () => {
    const { seen, look } = bars();
    const log = logOf([recorded("WeddingBooked", 1), recorded("WeddingBooked", 50_000)]);
    const found: bigint[] = [];
    for await (const events of scanLog(log, { vendor: "nobody" }, look("looking", log.head)))
      found.push(...events.map(({ position }) => position));
    expect(found).toEqual([]);
    expect(seen[0]?.at).toEqual([20_000, 40_000, 50_000]);
  });

  it("finds the same as one look at all of it, from and to the wanted positions", async () => {
    const { look } = bars();
    const log = logOf([5, 20_000, 20_001, 45_000, 50_000].map((position) => recorded("WeddingBooked", position)));
    const found: bigint[] = [];
    for await (const events of scanLog(log, { after: 5n, until: 45_000n }, look("looking", log.head)))
      found.push(...events.map(({ position }) => position));
    expect(found).toEqual([20_000n, 20_001n, 45_000n]);
  });

  it("why has a bar for the decisions and one for holds and seasons", async () => {
    const { seen, look } = bars();
    const log = logOf([
      recorded("ExecutionRequested", 1),
      recorded("ExecutionStarted", 30_000),
      recorded("ExecutionSucceeded", 30_001),
    ]);
    await gather(log, execution, look);
    expect(seen.map(({ what, until, stopped }) => [what, until, stopped])).toEqual([
      ["reading decisions", 30_001n, true],
      ["reading holds and seasons", 30_001n, true],
    ]);
    expect(seen.map(({ at }) => at.at(-1))).toEqual([30_000, 30_001]);
  });

  it("stops when the user wants to", async () => {
    const { look, signal } = bars();
    const log = logOf([recorded("WeddingBooked", 1)]);
    signal.abort();
    const search = async (): Promise<void> => {
      for await (const _events of scanLog(log, {}, look("looking", 1n)));
    };
    await expect(search()).rejects.toMatchObject({ problem: { code: "interrupted" } });
  });
});
