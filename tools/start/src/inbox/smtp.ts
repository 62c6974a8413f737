// The SMTP side of the inbox: accepts every mail on loopback and keeps it before it answers.
import { SMTPServer } from "smtp-server";
import type { MailFolder } from "./mail-folder.js";

/** Starts the server; resolves with its port. */
export function startSmtp(
  folder: MailFolder,
  port: number,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    size: 10 * 1024 * 1024,
    logger: false,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error("Message too large"), { responseCode: 552 }));
        folder.keep(Buffer.concat(chunks), Date.now()).then(
          () => done(),
          () => done(Object.assign(new Error("The inbox cannot write to its folder"), { responseCode: 451 })),
        );
        return undefined;
      });
    },
  });
  server.on("error", () => undefined);
  return new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.server.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : port,
        close: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });
}
