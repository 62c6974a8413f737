import { call } from "../examples/call.js";
import { startFarSide } from "./testing/far-side.js";
import { secret } from "./testing/message.js";

it("LIB-1: the README's example calls a handler, and says so when nobody listens", async () => {
  const side = await startFarSide({ status: 202 });
  expect(await call(side.url, secret)).toBe("accepted");
  expect(side.calls).toHaveLength(1);
  await side.close();
  expect(await call(side.url, secret)).toBe("not_sent: http_connection_refused");
});
