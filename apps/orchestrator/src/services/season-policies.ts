// The season policy in force, and a market's profile put in its place: checked, resolved to days, activated as a new version.
import { Inject, Injectable } from "@nestjs/common";
import { problem, type RequestContext } from "@wedsync/adapter-http";
import type { Clock } from "@wedsync/event-log";
import { marketsTouched, type SeasonPolicy } from "@wedsync/season-policy";
import type { Environment } from "../config/environment.js";
import { marketPolicyAside } from "../planning/aside.js";
import { CLOCK, ENVIRONMENT } from "../platform/tokens.js";
import { ScalingRole } from "../roles/scaling.role.js";
import { canonicalJson } from "./canonical-json.js";
import { refusalProblem } from "./problems.js";
import { requestMeta } from "./request-meta.js";

const dayMs = 86_400_000;
const horizonMs = 30 * dayMs;

@Injectable()
export class SeasonPolicies {
  constructor(
    private readonly scaling: ScalingRole,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** @throws ProblemError 503 while the leading dispatcher has not put a first one in force */
  inForce(): SeasonPolicy {
    const policy = this.scaling.seasons.policy();
    if (policy === undefined)
      throw problem(503, "no_policy", "No season policy is in force yet; the leading dispatcher makes the first one.", {
        retryAfterSeconds: 5,
      });
    return policy;
  }

  /** @param dryRun checks and resolves, tells what would change, and changes nothing. @throws ProblemError 422 with the path */
  async putMarket(market: string, profile: unknown, dryRun: boolean, context: RequestContext) {
    const before = this.inForce();
    const now = this.clock.now();
    const answer = await marketPolicyAside({ market, profile, now }, new AbortController().signal);
    if (!answer.ok) {
      const [first] = answer.issues;
      throw problem(422, "profile_invalid", first?.message ?? "The profile is not valid.", {
        path: `/body${first?.path ?? ""}`,
        context: { issues: answer.issues.map((issue) => ({ ...issue, path: `/body${issue.path}` })) },
      });
    }
    const gaps = answer.gaps.map(({ period, year }) => ({ period, year }));
    const known = Object.hasOwn(before.markets, market) ? before.markets[market] : undefined;
    if (known !== undefined && canonicalJson(known) === canonicalJson(answer.policy))
      return { version: before.version, changed: false, touched: [], gaps };
    const policy = {
      ...before,
      version: before.version + 1,
      markets: { ...before.markets, [market]: answer.policy },
    };
    if (dryRun) {
      const touched = marketsTouched(before, policy, { from: now, to: now + horizonMs });
      return { version: before.version, changed: true, touched: [...touched], gaps };
    }
    const meta = requestMeta(context, this.environment.WEDSYNC_REGION);
    const activated = await this.scaling.seasons.activate(policy, meta, horizonMs);
    if (!activated.ok) {
      const { refusal } = activated;
      if (refusal.code === "append_refused" || refusal.code === "unreadable") throw refusalProblem(refusal);
      throw problem(409, "policy_changed", "Another policy was put in force meanwhile; look at it and try again.");
    }
    return { version: activated.value.policy.version, changed: true, touched: [...activated.value.touched], gaps };
  }
}
