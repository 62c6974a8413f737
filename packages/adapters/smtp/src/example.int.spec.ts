import { send } from "../examples/send.js";
import { startScriptedServer } from "./testing/scripted-server.js";

it("LIB-1: the README's example sends a mail, and says so when nobody listens", async () => {
  const server = await startScriptedServer();
  const url = `smtp://127.0.0.1:${server.port}`;
  expect(await send(url)).toBe("accepted");
  expect(server.messages.length).toBe(1);
  await server.close();
  expect(await send(url)).toBe("not_sent: smtp_connection_refused");
});
