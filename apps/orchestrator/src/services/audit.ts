// The audit trail is the log: refused commands and reads of personal data are events, without values.
import { Inject, Injectable } from "@nestjs/common";
import { metadataOf, type RequestContext } from "@wedsync/adapter-http";
import { createCodec } from "@wedsync/contracts";
import { platformEvents, type PlatformEvent } from "@wedsync/contracts/platform";
import type { Clock, EventLog } from "@wedsync/event-log";
import type { Environment } from "../config/environment.js";
import { ids } from "../platform/ids.js";
import { CLOCK, ENVIRONMENT, LOG, LOGGER } from "../platform/tokens.js";
import { PerMinute, type Logger } from "@wedsync/adapter-process";
import { appendProblem } from "./problems.js";

const codec = createCodec(platformEvents);
/** Refusals recorded a minute and actor; a caller that is refused in a loop must not fill the log. */
const refusalsPerMinute = 30;

@Injectable()
export class Audit {
  readonly #log: EventLog;
  readonly #clock: Clock;
  readonly #region: string;
  readonly #logger: Logger;
  readonly #refusals = new PerMinute(refusalsPerMinute);

  constructor(
    @Inject(LOG) log: EventLog,
    @Inject(CLOCK) clock: Clock,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#log = log;
    this.#clock = clock;
    this.#region = environment.WEDSYNC_REGION;
    this.#logger = logger;
  }

  /** Never fails the request it belongs to: the refusal stands whether or not it could be recorded. */
  refused(command: string, code: string, context: RequestContext): void {
    const actor = context.caller.actor;
    if (!this.#refusals.admits(actor, this.#clock.now())) return;
    void this.#append({ type: "CommandRefused", data: { command, code, actor } }, context).catch((error: unknown) => {
      this.#logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "refusal not recorded");
    });
  }

  /** Written before the data is handed out: a read that cannot be recorded does not happen. @throws ProblemError then */
  async personalDataRead(
    what: string,
    vendor: string,
    wedding: string | undefined,
    context: RequestContext,
  ): Promise<void> {
    const data = { what, vendor, actor: context.caller.actor, ...(wedding === undefined ? {} : { wedding }) };
    await this.#append({ type: "PersonalDataRead", data }, context, vendor);
  }

  /** Written before what it tells of is done. @throws ProblemError when it could not be written */
  async record(event: PlatformEvent, context: RequestContext): Promise<void> {
    await this.#append(event, context);
  }

  async #append(event: PlatformEvent, context: RequestContext, vendor?: string): Promise<void> {
    const result = await this.#log.append({
      class: "bulk",
      meta: metadataOf(
        context,
        { source: "/orchestrator/api", region: this.#region, now: this.#clock.now() },
        vendor === undefined ? {} : { vendor },
      ),
      streams: [
        {
          category: "platform",
          stream: ids.event(),
          expectedVersion: 0,
          events: [{ id: ids.event(), ...codec.encode(event) }],
        },
      ],
    });
    if (!result.ok) throw appendProblem(result);
  }
}
