import { messageBody } from "./message-body.js";

const bytes = Buffer.from("Hello");

describe("the body of a message", () => {
  it("SCH-7: is not begun before somebody asks for it", async () => {
    const seen: string[] = [];
    const body = messageBody(
      bytes,
      () => void seen.push("begin"),
      () => void seen.push("began"),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([]);
    const read = await body.toArray();
    expect([Buffer.concat(read).toString(), seen]).toEqual(["Hello", ["begin", "began"]]);
  });

  it("SCH-7: gives no byte when the beginning is refused", async () => {
    let began = false;
    const body = messageBody(
      bytes,
      () => Promise.reject(new Error("no")),
      () => void (began = true),
    );
    await expect(body.toArray()).rejects.toThrow("no");
    expect(began).toBe(false);
  });

  it("SCH-7: gives no byte, and does not say it began, when the connection went away meanwhile", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let began = false;
    const body = messageBody(
      bytes,
      () => promise,
      () => void (began = true),
    );
    const seen: unknown[] = [];
    body.on("data", (chunk) => seen.push(chunk)).on("error", () => undefined);
    await new Promise((next) => setImmediate(next));
    body.destroy();
    resolve();
    await new Promise((next) => setImmediate(next));
    expect([began, seen]).toEqual([false, []]);
  });
});
