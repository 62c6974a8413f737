// A mail server that speaks real SMTP over a real socket and misbehaves at one chosen step. Servers that can be installed
// do not drop a connection between the last dot and their reply on request.
import { createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";

export const steps = ["greeting", "ehlo", "auth", "mail", "rcpt", "data", "mid_body", "after_body"] as const;
export type Step = (typeof steps)[number];

export interface Script {
  readonly step?: Step;
  /** `drop` closes, `reset` closes with RST, `hang` says nothing, anything else is sent as the reply. */
  readonly action?: string;
  readonly pipelining?: boolean;
  /** The fault begins after so many visits to the step. */
  readonly skip?: number;
  /** The fault stops after so many times; always there when absent. */
  readonly times?: number;
  /** Says 354 to DATA although it has no recipient, and refuses the message afterwards. */
  readonly takesDataAnyway?: boolean;
  /** Closes a connection that has delivered a message, as servers do with idle ones. */
  readonly closeAfterMessage?: boolean;
}

export interface ScriptedServer {
  readonly port: number;
  /** Messages taken in whole and answered with 250. */
  readonly messages: string[];
  readonly connections: () => number;
  readonly openConnections: () => number;
  readonly highestOpen: () => number;
  /** Resolves at the first `hang`. */
  readonly hung: Promise<void>;
  close(): Promise<void>;
}

export async function startScriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const messages: string[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  let highest = 0;
  let faults = 0;
  let visits = 0;
  const silence = Promise.withResolvers<void>();
  const server: Server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    highest = Math.max(highest, open.size);
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    talk(socket);
  });

  /** True when the script wants this step to go wrong; the wrong has then been done. */
  const fault = (socket: Socket, step: Step): boolean => {
    const { action } = script;
    if (script.step !== step || action === undefined) return false;
    visits += 1;
    if (visits <= (script.skip ?? 0) || faults >= (script.times ?? Infinity)) return false;
    faults += 1;
    if (action === "drop") socket.destroy();
    else if (action === "reset") socket.resetAndDestroy();
    else if (action === "hang") silence.resolve();
    else socket.write(`${action}\r\n`);
    return true;
  };

  const talk = (socket: Socket): void => {
    let buffer = "";
    let body: string | undefined;
    let recipient = false;
    const say = (text: string): void => void socket.write(`${text}\r\n`);
    const line = (text: string): void => {
      const verb = text.split(" ")[0]?.toUpperCase() ?? "";
      if (verb === "EHLO") {
        if (!fault(socket, "ehlo"))
          say(`250-test\r\n${script.pipelining === true ? "250-PIPELINING\r\n" : ""}250 AUTH PLAIN`);
      } else if (verb === "AUTH") {
        if (!fault(socket, "auth")) say("235 welcome");
      } else if (verb === "MAIL") {
        recipient = false;
        if (!fault(socket, "mail")) say("250 sender ok");
      } else if (verb === "RCPT") {
        if (fault(socket, "rcpt")) return;
        recipient = true;
        say("250 recipient ok");
      } else if (verb === "DATA") {
        if (fault(socket, "data")) return;
        if (!recipient && script.takesDataAnyway !== true) return say("503 no recipient");
        body = "";
        say("354 go on");
      } else if (verb === "QUIT") {
        socket.end("221 bye\r\n");
      } else say("250 ok");
    };
    const read = (): void => {
      while (!socket.destroyed) {
        const end = buffer.indexOf("\r\n");
        if (body !== undefined) {
          if (buffer.startsWith(".\r\n")) {
            buffer = buffer.slice(3);
            body = undefined;
            say("554 no recipient");
            continue;
          }
          const dot = buffer.indexOf("\r\n.\r\n");
          if (buffer !== "" && fault(socket, "mid_body")) return;
          if (dot < 0) return;
          body = buffer.slice(0, dot + 2);
          buffer = buffer.slice(dot + 5);
          if (!fault(socket, "after_body")) {
            messages.push(body);
            say("250 taken as couple@example.test");
            if (script.closeAfterMessage === true) socket.end();
          }
          body = undefined;
        } else if (end < 0) return;
        else {
          const text = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          line(text);
        }
      }
    };
    socket.on("data", (chunk: Buffer) => {
      buffer += chunk.toString("latin1");
      read();
    });
    if (!fault(socket, "greeting")) say("220 test ESMTP");
  };

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The test server has no port.");
  return {
    port: address.port,
    messages,
    hung: silence.promise,
    connections: () => connections,
    openConnections: () => open.size,
    highestOpen: () => highest,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
