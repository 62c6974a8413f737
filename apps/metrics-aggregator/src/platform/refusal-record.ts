// Refused commands are events here too: the log is the audit trail. No values of the request.
import { v7 } from "uuid";
import { metadataOf, type RequestContext } from "@wedsync/adapter-http";
import type { LimitedAppend } from "@wedsync/adapter-postgres";
import { PerMinute, type Logger } from "@wedsync/adapter-process";
import { createCodec } from "@wedsync/contracts";
import { platformEvents } from "@wedsync/contracts/platform";

const codec = createCodec(platformEvents);
/** Refusals recorded a minute and actor; a caller that is refused in a loop must not fill the log. */
const refusalsPerMinute = 30;

export interface RefusalRecordOptions {
  readonly append: LimitedAppend;
  readonly region: string;
  readonly logger: Logger;
}

/** Records a refusal beside the answer: it stands whether or not it could be recorded. */
export function createRefusalRecord({ append, region, logger }: RefusalRecordOptions) {
  const refusals = new PerMinute(refusalsPerMinute);
  return (command: string, code: string, context: RequestContext): void => {
    const now = Date.now();
    const { actor } = context.caller;
    if (!refusals.admits(actor, now)) return;
    const event = { id: v7(), ...codec.encode({ type: "CommandRefused", data: { command, code, actor } }) };
    const meta = metadataOf(context, { source: "/metrics-aggregator", region, now });
    const failed = (name: string): void => logger.warn({ name, command, code }, "refusal not recorded");
    append.append("platform", v7(), event, meta).then(
      (outcome) => outcome === "fenced" && failed("log_fenced"),
      (error: unknown) => failed(error instanceof Error ? error.name : "unknown"),
    );
  };
}
