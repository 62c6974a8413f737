// A wait ends with what it waited for, or says what it saw instead.
import { until } from "./until.js";

describe("until", () => {
  it("asks again until the answer holds", async () => {
    let asked = 0;
    const ask = (): Promise<number> => Promise.resolve((asked += 1));
    expect(await until(ask, (found) => found === 3, { everyMs: 1 })).toBe(3);
    expect(asked).toBe(3);
  });

  it("gives up with the last answer, and not before it has asked", async () => {
    const ask = (): Promise<{ open: number }> => Promise.resolve({ open: 2 });
    const options = { everyMs: 1, patienceMs: 0 };
    await expect(until(ask, ({ open }) => open === 0, options)).rejects.toThrow("the last answer was { open: 2 }");
    expect(await until(ask, ({ open }) => open === 2, options)).toStrictEqual({ open: 2 });
  });
});
