// A bounded number of connections, kept open between mails: a mail server limits them, and a handshake costs more than a
// mail. First come, first served; a connection carries one mail at a time.
import type { Session } from "./session.js";

export interface PoolOptions {
  /** Connections at once, 1 or more. */
  readonly maxConnections: number;
  /** Mails over one connection before it is replaced. */
  readonly maxMessages: number;
  /** Closed after so long without work; below what servers grant (RFC 5321: 5 minutes). */
  readonly keepMs: number;
}

export interface Lease {
  readonly session: Session;
  /** It carried a mail before, so the server may have closed it meanwhile. */
  readonly reused: boolean;
  /** Gives it back for the next mail. */
  release(): void;
  /** Closes it. */
  discard(): void;
}

interface Member {
  readonly session: Session;
  messages: number;
  timer?: NodeJS.Timeout;
}

export interface SessionPool {
  /** Waits for a free connection, or opens one. `fresh` does not take one that was used before. */
  acquire(signal: AbortSignal, fresh?: boolean): Promise<Lease>;
  /** Says goodbye on idle connections now, on busy ones when they are given back. Nothing new is opened. */
  close(): void;
}

export function createSessionPool(open: (signal: AbortSignal) => Promise<Session>, options: PoolOptions): SessionPool {
  const idle: Member[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  /** The place goes to whoever waits longest. */
  const leave = (): void => {
    const next = waiting.shift();
    if (next !== undefined) return next();
    busy -= 1;
  };

  const enter = async (signal: AbortSignal): Promise<void> => {
    if (busy < options.maxConnections) {
      busy += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        waiting.splice(waiting.indexOf(take), 1);
        reject(signal.reason);
      };
      const take = (): void => {
        signal.removeEventListener("abort", abort);
        resolve();
      };
      signal.addEventListener("abort", abort, { once: true });
      waiting.push(take);
    });
  };

  const takeIdle = (): Member | undefined => {
    for (let member = idle.pop(); member !== undefined; member = idle.pop()) {
      clearTimeout(member.timer);
      if (member.session.open) return member;
    }
    return undefined;
  };

  const keep = (member: Member): void => {
    if (closed || !member.session.open || member.messages >= options.maxMessages) return member.session.quit();
    idle.push(member);
    member.timer = setTimeout(() => {
      const at = idle.indexOf(member);
      if (at >= 0) idle.splice(at, 1);
      member.session.quit();
    }, options.keepMs).unref();
  };

  return {
    acquire: async (signal, fresh = false) => {
      signal.throwIfAborted();
      if (closed) throw Object.assign(new Error("The provider is closed."), { code: "ECONNECTION" });
      await enter(signal);
      try {
        const kept = fresh ? undefined : takeIdle();
        const member: Member = kept ?? { session: await open(signal), messages: 0 };
        let given = true;
        const giveBack = (then: () => void): void => {
          if (!given) return;
          given = false;
          then();
          leave();
        };
        member.messages += 1;
        return {
          session: member.session,
          reused: kept !== undefined,
          release: () => giveBack(() => keep(member)),
          discard: () => giveBack(() => member.session.destroy()),
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
    close: () => {
      closed = true;
      for (let member = takeIdle(); member !== undefined; member = takeIdle()) member.session.quit();
    },
  };
}
