// Weddings and the journeys applied to them.
import { Inject, Injectable } from "@nestjs/common";
import { problem, type RequestContext } from "@wedsync/adapter-http";
import type { KeyStore } from "@wedsync/adapter-postgres";
import { checkSchedule, zoneName, type Scheduler, type WeddingState } from "@wedsync/scheduler";
import type { z } from "zod";
import type { Environment } from "../config/environment.js";
import type { weddingBody } from "../contract/shapes.js";
import { coupleShape } from "../execution/parties.js";
import type { KnownStates } from "../platform/known-states.js";
import { ENVIRONMENT, KEYS, SCHEDULER, STATES } from "../platform/tokens.js";
import { canonicalJson } from "./canonical-json.js";
import { refusalProblem } from "./problems.js";
import { requestMeta } from "./request-meta.js";
import { Vendors } from "./vendors.js";

export type WeddingBody = z.output<typeof weddingBody>;

/** The vendor's own zone and market, for weddings that do not name theirs. */
export interface VendorDefaults {
  readonly timeZone: string;
  readonly market: string;
}

@Injectable()
export class Weddings {
  constructor(
    @Inject(SCHEDULER) private readonly scheduler: Scheduler,
    @Inject(KEYS) private readonly keys: KeyStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly vendors: Vendors,
    @Inject(STATES) private readonly states: KnownStates,
  ) {}

  async defaultsOf(vendor: string): Promise<VendorDefaults> {
    const { timeZone, market } = await this.vendors.existing(vendor);
    return { timeZone, market };
  }

  async put(
    vendor: string,
    weddingId: string,
    body: WeddingBody,
    defaults: VendorDefaults,
    context: RequestContext,
    bulk = false,
  ) {
    const { date, endDate = date, couple, bookedOn } = body;
    const given = { date, endDate, zone: body.timeZone ?? defaults.timeZone };
    // Before a key is made: a refused wedding leaves nothing behind.
    const checked = checkSchedule(given, bookedOn);
    if (!checked.ok) throw refusalProblem(checked);
    // Another spelling of the same zone moves nothing.
    const schedule = { ...given, zone: zoneName(given.zone) };
    const [sealed, detailsDigest] = await Promise.all([
      this.keys.seal(vendor, weddingId, couple),
      this.keys.digest(vendor, weddingId, canonicalJson(couple)),
    ]);
    const written = await this.scheduler.putWedding(
      vendor,
      {
        weddingId,
        schedule,
        market: body.market ?? defaults.market,
        ...(bookedOn === undefined ? {} : { bookedOn }),
        sealed,
        detailsDigest,
      },
      requestMeta(context, this.environment.WEDSYNC_REGION, { vendor, market: body.market ?? defaults.market }),
      bulk,
    );
    this.states.weddingChanged(vendor, weddingId);
    if (!written.ok) throw refusalProblem(written.refusal);
    return { state: written.value, changed: written.changed, created: written.events.includes("WeddingBooked") };
  }

  async cancel(
    vendor: string,
    weddingId: string,
    context: RequestContext,
    more: { readonly bulk?: boolean; readonly cancelledOn?: string } = {},
  ) {
    const written = await this.scheduler.cancelWedding(
      vendor,
      weddingId,
      requestMeta(context, this.environment.WEDSYNC_REGION, { vendor }),
      more,
    );
    this.states.weddingChanged(vendor, weddingId);
    if (!written.ok) throw refusalProblem(written.refusal, "/params");
    return { state: written.value, changed: written.changed };
  }

  /** Makes the keys of a bulk request in one go. */
  async prepareKeys(
    vendor: string,
    items: readonly { readonly weddingId: string; readonly date: string; readonly timeZone?: string }[],
  ): Promise<void> {
    const good = items.filter(
      ({ date, timeZone = "UTC" }) => checkSchedule({ date, endDate: date, zone: timeZone }).ok,
    );
    if (good.length > 0) await this.keys.prepare(good.map(({ weddingId: wedding }) => ({ vendor, wedding })));
  }

  /** The wedding as it is, also when there is none. */
  async find(vendor: string, weddingId: string): Promise<WeddingState> {
    return await this.#load(vendor, weddingId);
  }

  /** @throws ProblemError 404 */
  async existing(vendor: string, weddingId: string): Promise<WeddingState> {
    const state = await this.#load(vendor, weddingId);
    if (state.status === "none") throw problem(404, "wedding_unknown", "There is no such wedding of this vendor.");
    return state;
  }

  view(vendor: string, state: WeddingState) {
    const { weddingId, schedule, market, bookedOn, scheduleVersion, journeys } = state;
    return {
      weddingId,
      vendorId: vendor,
      date: schedule.date,
      endDate: schedule.endDate,
      timeZone: schedule.zone,
      market,
      ...(bookedOn === undefined ? {} : { bookedOn }),
      status: state.status === "cancelled" ? "cancelled" : "booked",
      scheduleVersion,
      journeys: Object.keys(journeys),
    };
  }

  /** The couple's data in clear; the caller records the read first. */
  async couple(vendor: string, state: WeddingState) {
    if (state.sealed === undefined) return undefined;
    const couple = coupleShape.safeParse(await this.keys.open(vendor, state.weddingId, state.sealed));
    return couple.success ? couple.data : undefined;
  }

  async #load(vendor: string, weddingId: string): Promise<WeddingState> {
    const loaded = await this.scheduler.loadWedding(vendor, weddingId);
    if (!loaded.ok) throw refusalProblem({ code: "unreadable" });
    return loaded.state;
  }
}
