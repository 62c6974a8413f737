// What only the leader does: puts a first policy in force, forecasts and plans. Plans are made anew each day, when the policy
// changes, and when bookings or pending work differ by more than noise from what was planned for.
import type { DemandReader, DueHour } from "@wedsync/adapter-postgres";
import type { Logger } from "@wedsync/adapter-process";
import type { Clock } from "@wedsync/event-log";
import { dateOfDay, dayNumber, localTime, startOfDay } from "@wedsync/scheduler";
import { learnLoadShape, marketDemand, reachDays, relevantDigest } from "@wedsync/season-policy";
import type { CapacityPlan, LoadShape } from "@wedsync/season-policy";
import type { SeasonMeta, SeasonPolicy, Seasons } from "@wedsync/season-policy";
import type { WeddingDemandQueries } from "../read-models/wedding-demand-queries.js";
import { InHandBook } from "./in-hand-book.js";
import { forecastAside, seedPolicyAside } from "./aside.js";
import { forecastModel, horizonDays } from "./market-forecast.js";
import { bookingsDiffer, planHolds, type PlanTerms } from "./plan-upkeep.js";
import { plannedAs } from "./planned-as.js";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Days for which the coming bookings are compared: beyond it they hardly move the coming month. */
const comparedDays = 2 * horizonDays;

export interface PlannerOptions {
  readonly demand: DemandReader;
  readonly weddings: WeddingDemandQueries;
  /** The log's last position when this leader began: what is planned without it would be planned twice. */
  readonly head: () => Promise<bigint>;
  readonly seasons: Seasons;
  readonly clock: Clock;
  readonly meta: (market?: string) => SeasonMeta;
  readonly terms: () => PlanTerms;
  readonly leadTimeMs: number;
  readonly logger: Logger;
}

/** Pending work by the market under which it is planned. */
type CountedWork = () => Promise<ReadonlyMap<string, readonly DueHour[]>>;

/** What the plan in force was made from. */
interface Basis {
  readonly hour: number;
  readonly today: number;
  readonly policy: SeasonPolicy;
  readonly inHand: readonly number[];
}

export class Planner {
  readonly #options: PlannerOptions;
  readonly #inHand: InHandBook;
  readonly #basis = new Map<string, Basis>();
  readonly #stop = new AbortController();
  /** Markets with pending work, as last counted. */
  #working: { readonly hour: number; readonly policyVersion: number; readonly markets: readonly string[] } = {
    hour: Number.NaN,
    policyVersion: 0,
    markets: [],
  };
  /** Undefined until the weddings up to the position at which this leader began are known. */
  #knownUntil: bigint | undefined;
  #isCaughtUp = false;
  #looking: Promise<unknown> = Promise.resolve();

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#inHand = new InHandBook(options.weddings);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#looking;
  }

  /** Plans what has to be planned. False when it could not: the weddings are not known yet, or a store is away. */
  async look(): Promise<boolean> {
    const look = this.#looking.then(async () => await this.#look());
    this.#looking = look;
    return await look;
  }

  async #look(): Promise<boolean> {
    if (this.#stop.signal.aborted) return false;
    const { logger, clock } = this.#options;
    try {
      if (!(await this.#caughtUp())) return false;
      const policy = await this.#policy();
      const now = clock.now();
      await this.#inHand.refresh(Math.floor(now / dayMs));
      // Counted once a look at most, and only for a plan that is compared or made: a million rows take their time.
      let counted: Promise<ReadonlyMap<string, readonly DueHour[]>> | undefined;
      const due = async () => await (counted ??= this.#due(policy, now));
      for (const market of await this.#markets(policy, due, now)) {
        if (this.#stop.signal.aborted) return false;
        await this.#lookAt(market, policy, due, now);
      }
      return true;
    } catch (error) {
      logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "capacity could not be planned");
      return false;
    }
  }

  async #caughtUp(): Promise<boolean> {
    if (this.#isCaughtUp) return true;
    const { head, weddings } = this.#options;
    this.#knownUntil ??= await head();
    this.#isCaughtUp = (await weddings.position()) >= this.#knownUntil;
    return this.#isCaughtUp;
  }

  async #policy(): Promise<SeasonPolicy> {
    const { seasons, clock, meta, logger } = this.#options;
    const inForce = seasons.policy();
    if (inForce !== undefined) return inForce;
    const { policy, gaps } = await seedPolicyAside(clock.now(), this.#stop.signal);
    const activated = await seasons.activate(policy, meta());
    if (!activated.ok) {
      // Somebody else activated one in the meantime.
      await seasons.refresh();
      const known = seasons.policy();
      if (known !== undefined) return known;
      throw Object.assign(new Error(activated.refusal.message), { name: activated.refusal.code });
    }
    logger.info({ version: activated.value.policy.version }, "the first season policy is in force");
    for (const gap of gaps) logger.warn(gap, "a table of the season policy has no day in this year: continue it");
    return activated.value.policy;
  }

  /** Pending work by the market under which it is planned. */
  async #due(policy: SeasonPolicy, now: number): Promise<ReadonlyMap<string, readonly DueHour[]>> {
    const from = Math.floor(now / hourMs) * hourMs;
    const rows = await this.#options.demand.dueByHour({ from, to: from + (horizonDays + 1) * dayMs });
    const byMarket = new Map<string, Map<number, DueHour>>();
    for (const row of rows) {
      const market = plannedAs(policy, row.market);
      if (market === undefined) continue;
      let hours = byMarket.get(market);
      if (hours === undefined) byMarket.set(market, (hours = new Map()));
      const executions = row.executions + (hours.get(row.at)?.executions ?? 0);
      hours.set(row.at, { market, at: row.at, executions });
    }
    return new Map([...byMarket].map(([market, hours]) => [market, [...hours.values()]]));
  }

  /** Markets with bookings, and those that have pending work without any. */
  async #markets(policy: SeasonPolicy, due: CountedWork, now: number): Promise<readonly string[]> {
    const hour = Math.floor(now / hourMs);
    if (this.#working.hour !== hour || this.#working.policyVersion !== policy.version)
      this.#working = { hour, policyVersion: policy.version, markets: [...(await due()).keys()] };
    const booked = this.#inHand.markets().map((market) => plannedAs(policy, market));
    return [...new Set([...booked, ...this.#working.markets])].filter((market) => market !== undefined).sort();
  }

  async #lookAt(market: string, policy: SeasonPolicy, counted: CountedWork, now: number): Promise<void> {
    const data = policy.markets[market];
    if (data === undefined) return;
    const { seasons, leadTimeMs, terms, meta } = this.#options;
    const isOf = (one: string): boolean => plannedAs(policy, one) === market;
    const today = localTime(now, data.zone).day;
    const hour = Math.floor(now / hourMs);
    const inHand = this.#inHand.days(isOf, today, comparedDays);
    const basis = this.#basis.get(market);
    const wanted = terms();
    const known = seasons.currentPlan(market);
    // A new version plans only those markets anew of whose coming days it says something else.
    const horizon = { from: now, to: known?.to ?? now + horizonDays * dayMs };
    const touched =
      basis === undefined
        ? known?.policyVersion !== policy.version
        : relevantDigest(basis.policy, market, horizon) !== relevantDigest(policy, market, horizon);
    const moved = touched || basis === undefined || basis.today !== today || bookingsDiffer(basis.inHand, inHand);
    // Pending work is compared once an hour: it changes with every execution that is accepted or started.
    if (!moved && basis.hour === hour && planHolds(known, wanted, [], now)) return;
    const changed = moved && (await this.#forecast(market, data, isOf, today));
    const due = (await counted()).get(market) ?? [];
    this.#basis.set(market, { hour, today, policy, inHand });
    const isOfToday = known !== undefined && known.from >= startOfDay(dateOfDay(today), 0, data.zone);
    if (!changed && !touched && isOfToday && planHolds(known, wanted, due, now)) return;
    const forecast = seasons.forecast(market, forecastModel);
    if (forecast === undefined) return;
    const [from, to] = [hour * hourMs, (hour + 24 * horizonDays) * hourMs];
    const hourlyLoad = marketDemand({
      zone: data.zone,
      forecast,
      inHand: this.#inHand.days(isOf, dayNumber(forecast.origin) - reachDays, 2 * reachDays),
      shape: await this.#shape(isOf),
      due,
      from,
      to: to + leadTimeMs,
    });
    const { mode, cap, serviceRatePerSlot } = wanted;
    const planned = await seasons.plan(
      {
        market,
        zone: data.zone,
        from,
        to,
        hourlyLoad,
        serviceRatePerSlot,
        current: 0,
        // Workers serve every market: the floor belongs to all of them together.
        floor: 0,
        cap,
        leadTimeMs,
        mode,
      },
      meta(market),
    );
    if (!planned.ok) throw Object.assign(new Error(planned.refusal.message), { name: planned.refusal.code });
    this.#log(market, planned.changed, planned.value);
  }

  async #forecast(
    market: string,
    data: SeasonPolicy["markets"][string],
    isOf: (market: string) => boolean,
    today: number,
  ): Promise<boolean> {
    const { seasons, meta, weddings } = this.#options;
    const records = await weddings.bookings(this.#inHand.markets().filter(isOf));
    const question = { market, policy: data, records, today };
    const forecast = await forecastAside(question, this.#stop.signal);
    const recorded = await seasons.recordForecast(forecast, meta(market));
    if (recorded.ok) return recorded.changed;
    throw Object.assign(new Error(recorded.refusal.message), { name: recorded.refusal.code });
  }

  /** The work of a mean booking of these markets; undefined without bookings. */
  async #shape(isOf: (market: string) => boolean): Promise<LoadShape | undefined> {
    const { bookings, counts } = await this.#options.weddings.workAround(this.#inHand.markets().filter(isOf));
    return bookings === 0 ? undefined : learnLoadShape(counts, bookings);
  }

  #log(market: string, changed: boolean, { from, to, steps }: CapacityPlan): void {
    if (!changed) return;
    const most = steps.reduce((high, { slots }) => Math.max(high, slots), 0);
    const days = { from: dateOfDay(Math.floor(from / dayMs)), to: dateOfDay(Math.floor(to / dayMs)) };
    this.#options.logger.info({ market, ...days, steps: steps.length, most }, "capacity planned");
  }
}
