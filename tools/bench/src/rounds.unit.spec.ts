// Variants run in turns; a failing one stands aside.
import { interleave } from "./rounds.js";

const never = new AbortController().signal;

describe("rounds", () => {
  it("B17: runs the variants in turns and not one after the other", async () => {
    const order: string[] = [];
    const variant = (name: string) => ({
      name,
      run: () => {
        order.push(name);
        return Promise.resolve(order.length);
      },
    });
    const figures = await interleave([variant("a"), variant("b")], { rounds: 2, signal: never });
    expect(order).toEqual(["a", "b", "a", "b"]);
    expect(figures.get("b")).toEqual({ ok: true, values: [2, 4] });
  });

  it("a variant that fails is reported with its reason, is not tried again, and the others go on", async () => {
    let tries = 0;
    const broken = {
      name: "broken",
      run: () => {
        tries += 1;
        return Promise.reject(new Error("no server"));
      },
    };
    const steps: string[] = [];
    const figures = await interleave([broken, { name: "good", run: () => Promise.resolve(1) }], {
      rounds: 3,
      signal: never,
      onStep: (name) => steps.push(name),
    });
    expect(tries).toBe(1);
    expect(figures.get("broken")).toEqual({ ok: false, reason: "no server" });
    expect(figures.get("good")).toEqual({ ok: true, values: [1, 1, 1] });
    expect(steps).toHaveLength(6);
  });

  it("stops between two runs when the signal aborts, also when the abort made a run fail", async () => {
    const stop = new AbortController();
    const run = () => {
      stop.abort();
      return Promise.reject(new Error("ended by the abort"));
    };
    await expect(interleave([{ name: "a", run }], { rounds: 2, signal: stop.signal })).rejects.toThrow("abort");
  });
});
