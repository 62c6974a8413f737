// Requests for executions: check against the definition, seal, accept. One path for single, bulk and journey requests.
import { Inject, Injectable } from "@nestjs/common";
import { mayTouch, problem, type RequestContext } from "@wedsync/adapter-http";
import type { KeyStore } from "@wedsync/adapter-postgres";
import { checkEmailContent } from "@wedsync/journey-modules";
import type { AcceptedRequest, Registry } from "@wedsync/registry";
import {
  statusOf,
  tierOf,
  type ExecutionState,
  type JourneyStep,
  type Scheduler,
  type WeddingState,
  type When,
} from "@wedsync/scheduler";
import type { Clock } from "@wedsync/event-log";
import type { z } from "zod";
import type { Environment } from "../config/environment.js";
import type { executionBody, whenBody } from "../contract/shapes.js";
import { executionIdOf } from "../platform/ids.js";
import type { KnownStates } from "../platform/known-states.js";
import { CLOCK, ENVIRONMENT, KEYS, REGISTRY, SCHEDULER, STATES } from "../platform/tokens.js";
import { canonicalJson } from "./canonical-json.js";
import { refusalProblem, requestProblem } from "./problems.js";
import { requestMeta } from "./request-meta.js";

export type ExecutionBody = z.output<typeof executionBody>;

export interface Accepted {
  readonly executionId: string;
  readonly state: ExecutionState;
  readonly repeated: boolean;
}

@Injectable()
export class Executions {
  constructor(
    @Inject(SCHEDULER) private readonly scheduler: Scheduler,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(KEYS) private readonly keys: KeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(STATES) private readonly states: KnownStates,
  ) {}

  /** @throws ProblemError for whatever refuses the request; nothing has been written then. */
  async request(
    vendor: string,
    idempotencyKey: string,
    body: ExecutionBody,
    context: RequestContext,
    more: { readonly journey?: JourneyStep; readonly known?: WeddingState; readonly bulk?: boolean } = {},
  ): Promise<Accepted> {
    // A type that another process registered a moment ago is in the log before it is in this memory.
    await this.registry.find(body.moduleType);
    const accepted = this.#checked(body);
    const executionId = executionIdOf(vendor, idempotencyKey);
    const when = await this.#when(body.when, executionId);
    const { weddingId } = body;
    // Before a key is made: a request for nobody's wedding leaves nothing behind.
    const known = more.known ?? (await this.#wedding(vendor, weddingId));
    const [bodyDigest, sealed] = await Promise.all([
      this.keys.digest(vendor, weddingId, canonicalJson(body)),
      this.keys.seal(vendor, weddingId, { content: accepted.content ?? {} }),
    ]);
    const written = await this.scheduler.requestExecution(
      {
        execution: executionId,
        vendor,
        wedding: weddingId,
        module: rulesOf(accepted),
        when,
        bodyDigest,
        sealed,
        ...more,
        known,
      },
      requestMeta(context, this.environment.WEDSYNC_REGION),
    );
    if (!written.ok) throw refusalProblem(written.refusal);
    return { executionId, state: written.value, repeated: written.repeated === true };
  }

  async #wedding(vendor: string, weddingId: string): Promise<WeddingState> {
    // From memory: the wedding's guard refuses what was decided on an older schedule, and the scheduler reads again.
    const loaded = await this.states.wedding(vendor, weddingId);
    if (!loaded.ok) throw refusalProblem({ code: "unreadable" });
    if (loaded.state.status === "none")
      throw refusalProblem({ code: "wedding_unknown", message: "There is no such wedding; book it first." });
    return loaded.state;
  }

  /** @throws ProblemError 404 also for executions of other vendors: their existence is not told. */
  async existing(executionId: string, context: RequestContext): Promise<ExecutionState> {
    const loaded = await this.scheduler.execution(executionId);
    if (!loaded.ok) throw refusalProblem({ code: "unreadable" });
    const { work } = loaded.state;
    if (work === undefined || !mayTouch(context.caller, work.vendor)) {
      throw problem(404, "execution_unknown", "There is no such execution.");
    }
    return loaded.state;
  }

  answer(executionId: string, state: ExecutionState) {
    const now = this.clock.now();
    return {
      executionId,
      status: statusOf(state, now) ?? "scheduled",
      tier: tierOf(state, now) ?? "normal",
      dueAt: new Date(state.work?.dueAt ?? now).toISOString(),
    };
  }

  view(executionId: string, state: ExecutionState) {
    const { work } = state;
    if (work === undefined) throw problem(404, "execution_unknown", "There is no such execution.");
    return {
      ...this.answer(executionId, state),
      vendorId: work.vendor,
      weddingId: work.wedding,
      moduleType: work.moduleType,
      definitionVersion: work.definitionVersion,
      attempts: state.closedAttempts + (state.attempt === undefined ? 0 : 1),
      deadline: new Date(work.deadline).toISOString(),
      expiresAt: new Date(work.expiresAt).toISOString(),
      ...(state.reason === undefined ? {} : { reason: state.reason }),
    };
  }

  #checked(body: ExecutionBody): AcceptedRequest {
    const { moduleType: type, config, payload } = body;
    const checked = this.registry.checkRequest(type, {
      ...(config === undefined ? {} : { config }),
      ...(payload === undefined ? {} : { payload }),
    });
    if (!checked.ok) throw requestProblem(checked.refusal, body);
    const { accepted } = checked;
    // A template that cannot be rendered is refused now and not when it is due.
    const [refusal] = type === "email" ? checkEmailContent(accepted.content ?? {}) : [];
    if (refusal !== undefined) throw requestProblem(refusal, body);
    return accepted;
  }

  /** SCH-6: a repetition gets its answer however late it comes, so only a new request is refused for its instant. */
  async #when(when: z.output<typeof whenBody> | undefined, executionId: string): Promise<When> {
    if (when === undefined || when === "now") return { kind: "now" };
    if ("day" in when) return { kind: "day", day: when.day, time: when.time };
    const at = Date.parse(when.at);
    const isPast = at < this.clock.now() - 60_000;
    if (isPast && !(await this.#isKnown(executionId)))
      throw problem(422, "at_in_the_past", "The instant lies in the past.", { path: "/body/when/at" });
    return { kind: "at", at };
  }

  async #isKnown(executionId: string): Promise<boolean> {
    const loaded = await this.scheduler.execution(executionId);
    return loaded.ok && loaded.state.phase !== "none";
  }
}

function rulesOf({ type, version, definition }: AcceptedRequest) {
  const { effect, weddingPolicy, lateness } = definition;
  return {
    moduleType: type,
    definitionVersion: version,
    effect,
    defaultTier: weddingPolicy.defaultTier,
    highDaysBefore: weddingPolicy.highDaysBefore,
    criticalDaysBefore: weddingPolicy.criticalDaysBefore,
    deadlineAfterMs: lateness.deadlineAfterMs,
    expiresAfterMs: lateness.expiresAfterMs,
    onLate: lateness.onLate,
  };
}
