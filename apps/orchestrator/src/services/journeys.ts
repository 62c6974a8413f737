// Journeys: a vendor's templates, checked when they are stored, accepted step by step when they are applied.
import { Inject, Injectable } from "@nestjs/common";
import { problem, type RequestContext } from "@wedsync/adapter-http";
import type { KeyStore } from "@wedsync/adapter-postgres";
import { checkEmailContent } from "@wedsync/journey-modules";
import type { Registry } from "@wedsync/registry";
import type { JourneyState, Scheduler, WeddingState } from "@wedsync/scheduler";
import { z } from "zod";
import type { Environment } from "../config/environment.js";
import type { JourneyBody } from "../contract/shapes.js";
import { vendorLevel } from "../execution/parties.js";
import { ENVIRONMENT, KEYS, REGISTRY, SCHEDULER } from "../platform/tokens.js";
import { canonicalJson } from "./canonical-json.js";
import { defaultJourney } from "./default-journey.js";
import { Executions, type ExecutionBody } from "./executions.js";
import { refusalProblem, requestProblem } from "./problems.js";
import { requestMeta } from "./request-meta.js";

type Config = NonNullable<ExecutionBody["config"]>;

/** A journey with its configs in clear, ready to be applied to many weddings. */
export interface OpenJourney {
  readonly journeyId: string;
  readonly version: number;
  readonly steps: readonly (JourneyState["steps"][number] & { readonly config: Config })[];
}

export interface StepCounts {
  accepted: number;
  skipped: number;
  unchanged: number;
}

const configsShape = z.record(z.string(), z.record(z.string(), z.json()));

@Injectable()
export class Journeys {
  constructor(
    @Inject(SCHEDULER) private readonly scheduler: Scheduler,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(KEYS) private readonly keys: KeyStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly executions: Executions,
  ) {}

  async put(vendor: string, journeyId: string, body: JourneyBody, context: RequestContext): Promise<OpenJourney> {
    this.#check(body);
    const configs = Object.fromEntries(body.steps.map((step) => [step.key, step.config]));
    const steps = body.steps.map(({ key, moduleType, at }) => ({ key, moduleType, at }));
    const written = await this.scheduler.defineJourney(
      vendor,
      {
        journeyId,
        steps,
        sealed: await this.keys.seal(vendor, vendorLevel, configs),
        digest: await this.keys.digest(vendor, vendorLevel, canonicalJson(body.steps)),
      },
      requestMeta(context, this.environment.WEDSYNC_REGION),
    );
    if (!written.ok) throw refusalProblem(written.refusal);
    return { journeyId, version: written.value.version, steps: body.steps };
  }

  /** The vendor's journey to be applied; the one that ships is stored for the vendor by that. @throws ProblemError 404 */
  async existing(vendor: string, journeyId: string, context: RequestContext): Promise<OpenJourney> {
    const stored = await this.#stored(vendor, journeyId);
    if (stored !== undefined) return stored;
    if (journeyId === "default") return await this.put(vendor, journeyId, defaultJourney, context);
    throw unknownJourney();
  }

  /** The vendor's journey as it is, or the one that ships; writes nothing. @throws ProblemError 404 */
  async view(vendor: string, journeyId: string): Promise<OpenJourney> {
    const stored = await this.#stored(vendor, journeyId);
    if (stored !== undefined) return stored;
    if (journeyId === "default") return { journeyId, version: 1, steps: defaultJourney.steps };
    throw unknownJourney();
  }

  async #stored(vendor: string, journeyId: string): Promise<OpenJourney | undefined> {
    const state = await this.scheduler.journey(vendor, journeyId);
    if (state?.sealed === undefined) return undefined;
    const configs = configsShape.parse(await this.keys.open(vendor, vendorLevel, state.sealed));
    return {
      journeyId,
      version: state.version,
      steps: state.steps.map((step) => ({ ...step, config: configs[step.key] ?? {} })),
    };
  }

  /** Accepts every step; a step accepted before stays as it is. Repeating after a crash adds what is missing. */
  async apply(
    vendor: string,
    wedding: WeddingState,
    journey: OpenJourney,
    context: RequestContext,
    bulk = false,
  ): Promise<StepCounts> {
    const counts: StepCounts = { accepted: 0, skipped: 0, unchanged: 0 };
    const { weddingId } = wedding;
    // `JourneyApplied` is written after the last step: where it stands, every step of this version was accepted.
    if (wedding.journeys[journey.journeyId] === journey.version) return { ...counts, unchanged: journey.steps.length };
    const requests = journey.steps.map(async ({ key: step, moduleType, at, config }) => {
      const { journeyId, version } = journey;
      const accepted = await this.#accept(
        vendor,
        `${weddingId}/${journeyId}/${step}`,
        { weddingId, moduleType, config, when: at },
        context,
        {
          journey: { journeyId, step, version },
          known: wedding,
          bulk,
        },
      );
      if (accepted === "unchanged") counts.unchanged += 1;
      else {
        counts.accepted += 1;
        if (accepted === "skipped") counts.skipped += 1;
      }
    });
    await Promise.all(requests);
    const marked = await this.scheduler.markJourneyApplied(
      vendor,
      weddingId,
      journey.journeyId,
      journey.version,
      requestMeta(context, this.environment.WEDSYNC_REGION),
      bulk,
    );
    if (!marked.ok) throw refusalProblem(marked.refusal);
    return counts;
  }

  async #accept(
    vendor: string,
    key: string,
    body: ExecutionBody,
    context: RequestContext,
    more: Parameters<Executions["request"]>[4],
  ): Promise<"accepted" | "skipped" | "unchanged"> {
    const { repeated, state } = await this.executions.request(vendor, key, body, context, more);
    if (repeated) return "unchanged";
    return state.phase === "skipped" ? "skipped" : "accepted";
  }

  #check(body: JourneyBody): void {
    const keys = new Set<string>();
    for (const [index, step] of body.steps.entries()) {
      const path = `/body/steps/${index}`;
      if (keys.has(step.key))
        throw problem(422, "step_repeated", "Each step has a key of its own.", { path: `${path}/key` });
      keys.add(step.key);
      const checked = this.registry.checkRequest(step.moduleType, { config: step.config });
      if (!checked.ok) throw requestProblem(checked.refusal, { config: step.config }, path);
      const [refusal] = step.moduleType === "email" ? checkEmailContent(checked.accepted.content ?? {}) : [];
      if (refusal !== undefined) throw requestProblem(refusal, { config: step.config }, path);
    }
  }
}

const unknownJourney = () =>
  problem(404, "journey_unknown", "This vendor has no such journey; define it with PUT .../journeys/{journeyId}.");
