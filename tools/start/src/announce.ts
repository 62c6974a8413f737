// What a person reads when the platform is up: where it is, a line that works when pasted, how to stop.
import { heldHints, quoted, resetHint } from "./hints.js";
import type { StartOptions } from "./options.js";
import type { Platform } from "./platform.js";

/** Prints to standard output: this is the answer of the command. */
export function announce(platform: Platform, options: StartOptions): void {
  const { apiUrl, metricsUrl, inboxUrl, smtpUrl, folder, held } = platform;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ api: apiUrl, metrics: metricsUrl, inbox: inboxUrl, smtp: smtpUrl, dataDir: folder.path, keyFile: folder.opsKeyFile, held: held.executions, holds: held.scopes })}\n`,
    );
    return;
  }
  const lines = [
    "",
    "WedSync is running.",
    `  API        ${apiUrl}   (openapi.json, health/ready)`,
    `  Metrics    ${metricsUrl}   (read models: v1/weddings, v1/execution-counts)`,
    `  Inbox      ${inboxUrl}   (all mail of this machine ends here)`,
    `  Data       ${folder.path}`,
    `  Key file   ${folder.opsKeyFile}`,
    "",
    "Try:",
    `  curl -s -H "Authorization: Bearer $(cat ${quoted(folder.opsKeyFile)})" ${apiUrl}/v1/status`,
    "",
    ...heldHints(held, folder.path),
    `Stop with Ctrl-C; data stays. Start over with: ${resetHint(options, folder.path)}`,
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
