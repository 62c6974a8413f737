// What this build can run: the handlers of definitions, by the name that the registry knows them under.
import { createHttpProvider } from "@wedsync/adapter-http-provider";
import { createSmtpProvider } from "@wedsync/adapter-smtp";
import { emailModule, httpModule } from "@wedsync/journey-modules";
import type { Environment } from "../config/environment.js";
import { createHandler, type Handler } from "../execution/handler.js";

export interface Handlers {
  readonly byName: ReadonlyMap<string, Handler>;
  /** Lets go of connections; calls under way end first. */
  close(): Promise<void>;
}

/** @param more handlers beside the built-in ones, by the name in their definitions */
export function openHandlers(environment: Environment, more: ReadonlyMap<string, Handler>): Handlers {
  const { WEDSYNC_WORKER_SLOTS, WEDSYNC_WORKER_SLOTS_MAX, WEDSYNC_HTTP_HANDLER_SECRET: secret } = environment;
  // As many as the pool may grow to: slots without a connection would only wait.
  const slots = Math.max(WEDSYNC_WORKER_SLOTS, WEDSYNC_WORKER_SLOTS_MAX);
  const smtp = createSmtpProvider({ url: environment.SMTP_URL, pool: { maxConnections: Math.min(slots, 20) } });
  const byName = new Map<string, Handler>([["email", createHandler(smtp, () => emailModule)], ...more]);
  // An unsigned call could be anybody's, so without a secret there is no such handler.
  const http =
    secret === undefined
      ? undefined
      : createHttpProvider({
          secret,
          allowPrivate: environment.WEDSYNC_HTTP_HANDLER_ALLOW_PRIVATE,
          connections: slots,
        });
  if (http !== undefined)
    byName.set(
      "http",
      createHandler(http, ({ type, effect, handler }) =>
        httpModule({ type, effect, url: handler.kind === "http" ? handler.url : "" }),
      ),
    );
  return {
    byName,
    close: async () => {
      await Promise.all([smtp.close?.(), http?.close?.()]);
    },
  };
}
