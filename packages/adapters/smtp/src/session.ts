// One connection to a mail server, from greeting to goodbye. It uses nodemailer's connection and not its pool, because
// the pool sends a mail again by itself when a connection closes; here nothing may be repeated that was not decided.
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Readable } from "node:stream";
import type { SmtpSettings } from "./smtp-url.js";

export interface Timeouts {
  /** Until connected, name look-up included, milliseconds. */
  readonly connectMs: number;
  /** Until the greeting, and until TLS is up. */
  readonly greetingMs: number;
  /** Silence of the server at any later time. */
  readonly idleMs: number;
}

export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly size: number;
}

export interface Session {
  /** False once either side has closed it. */
  readonly open: boolean;
  /** The server's three-digit reply to the whole message. Rejects with nodemailer's error. */
  send(envelope: Envelope, body: Readable): Promise<string>;
  /** Forgets a refused message, so that the connection can be used again. */
  reset(): Promise<void>;
  /** Says goodbye and closes. */
  quit(): void;
  /** Closes at once; what was under way never ends. */
  destroy(): void;
}

/** Connects and logs in. Rejects with nodemailer's error; an abort destroys the connection and rejects. */
export function openSession(settings: SmtpSettings, timeouts: Timeouts, signal: AbortSignal): Promise<Session> {
  const { auth, ...connectionSettings } = settings;
  const connection = new SMTPConnection({
    ...connectionSettings,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.idleMs,
    dnsTimeout: timeouts.connectMs,
    socketCloseTimeout: 0,
    logger: false,
  });
  return new Promise((resolve, reject) => {
    const abort = (): void => fail(signal.reason);
    const fail = (error: unknown): void => {
      signal.removeEventListener("abort", abort);
      // First the reason: closing makes the connection report an end, which knows none.
      reject(error);
      connection.close();
    };
    const ready = (): void => {
      signal.removeEventListener("abort", abort);
      resolve(sessionOver(connection));
    };
    // Stays for the life of the connection: an error event without a listener would end the process.
    connection.on("error", fail);
    connection.once("end", () => fail({ code: "ECONNECTION" }));
    signal.addEventListener("abort", abort, { once: true });
    connection.connect((error) => {
      if (error) return fail(error);
      if (auth === undefined) return ready();
      if (!connection.allowsAuth) return fail({ code: "ENOAUTH" });
      connection.login({ credentials: { ...auth } }, (refused) => (refused ? fail(refused) : ready()));
    });
  });
}

function sessionOver(connection: SMTPConnection): Session {
  return {
    get open() {
      return !connection.destroyed;
    },
    send: ({ from, to, size }, body) =>
      new Promise((resolve, reject) => {
        // The last resort: a connection that was found closed ends without answering the mail it was given.
        const ended = (): void => void setImmediate(() => reject({ code: "ECONNECTION" }));
        connection.once("end", ended);
        connection.send({ from, to: [to], size }, body, (error, info) => {
          connection.off("end", ended);
          if (error || info === undefined) reject(error ?? { code: "ECONNECTION" });
          else resolve(info.response.slice(0, 3));
        });
      }),
    reset: () =>
      new Promise((resolve, reject) => {
        const ended = (): void => reject({ code: "ECONNECTION" });
        connection.once("end", ended);
        connection.reset((error) => {
          connection.off("end", ended);
          return error ? reject(error) : resolve();
        });
      }),
    quit: () => connection.quit(),
    destroy: () => connection.close(),
  };
}
