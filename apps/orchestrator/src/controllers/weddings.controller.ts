// Weddings: one, in bulk, cancelled; and journeys applied to them.
import { Controller } from "@nestjs/common";
import { type InputOf, issueProblem, type RequestContext } from "@wedsync/adapter-http";
import { RequestInput, Route } from "@wedsync/adapter-nest";
import { endpoints } from "../contract/endpoints.js";
import { bulkWeddingItem } from "../contract/shapes.js";
import { Audit } from "../services/audit.js";
import { inSlices, toItemProblem } from "../services/bulk.js";
import { Journeys, type OpenJourney } from "../services/journeys.js";
import { Weddings, type VendorDefaults } from "../services/weddings.js";

/** Weddings of one bulk request that are worked on at the same time. */
const parallel = 16;

@Controller()
export class WeddingsController {
  constructor(
    private readonly weddings: Weddings,
    private readonly journeys: Journeys,
    private readonly audit: Audit,
  ) {}

  @Route(endpoints.putWedding)
  async put(@RequestInput() { params, body, context }: InputOf<typeof endpoints.putWedding>) {
    const { vendorId, weddingId } = params;
    const defaults = await this.weddings.defaultsOf(vendorId);
    const { state } = await this.weddings.put(vendorId, weddingId, body, defaults, context);
    return this.weddings.view(vendorId, state);
  }

  @Route(endpoints.getWedding)
  async get(@RequestInput() { params, query, context }: InputOf<typeof endpoints.getWedding>) {
    const { vendorId, weddingId } = params;
    const state = await this.weddings.existing(vendorId, weddingId);
    const view = this.weddings.view(vendorId, state);
    if (query.include === undefined) return view;
    await this.audit.personalDataRead("couple", vendorId, weddingId, context);
    const couple = await this.weddings.couple(vendorId, state);
    return couple === undefined ? view : { ...view, couple };
  }

  @Route(endpoints.cancelWedding)
  async cancel(@RequestInput() { params, context }: InputOf<typeof endpoints.cancelWedding>) {
    const { state } = await this.weddings.cancel(params.vendorId, params.weddingId, context);
    return this.weddings.view(params.vendorId, state);
  }

  @Route(endpoints.applyJourney)
  async applyJourney(@RequestInput() { params, context }: InputOf<typeof endpoints.applyJourney>) {
    const { vendorId, weddingId, journeyId } = params;
    await this.weddings.defaultsOf(vendorId);
    const wedding = await this.weddings.existing(vendorId, weddingId);
    const journey = await this.journeys.existing(vendorId, journeyId, context);
    return { executions: await this.journeys.apply(vendorId, wedding, journey, context) };
  }

  @Route(endpoints.bulkWeddings)
  async bulk(@RequestInput() { params, body, context }: InputOf<typeof endpoints.bulkWeddings>) {
    const { vendorId } = params;
    const defaults = await this.weddings.defaultsOf(vendorId);
    const openJourneys = new Map<string, Promise<OpenJourney>>();
    const journeyOf = (journeyId: string): Promise<OpenJourney> => {
      const known = openJourneys.get(journeyId) ?? this.journeys.existing(vendorId, journeyId, context);
      openJourneys.set(journeyId, known);
      return known;
    };
    await this.weddings.prepareKeys(
      vendorId,
      body.items.flatMap((item) => {
        const parsed = bulkWeddingItem.safeParse(item);
        return parsed.success ? [parsed.data] : [];
      }),
    );
    const results = await inSlices(
      body.items,
      parallel,
      async (item, index) => await this.#one(vendorId, item, index, defaults, journeyOf, context),
    );
    return { results };
  }

  async #one(
    vendor: string,
    item: unknown,
    index: number,
    defaults: VendorDefaults,
    journeyOf: (journeyId: string) => Promise<OpenJourney>,
    context: RequestContext,
  ) {
    const parsed = bulkWeddingItem.safeParse(item);
    try {
      if (!parsed.success) throw issueProblem(parsed.error, `items/${index}`, 422);
      const { weddingId, journeyId, cancelled = false, cancelledOn, ...body } = parsed.data;
      // Before anything is written: an unknown journey refuses the whole item.
      const journey = journeyId === undefined || cancelled ? undefined : await journeyOf(journeyId);
      const put = await this.#putUnlessCancelled(vendor, weddingId, body, defaults, cancelled, context);
      if (cancelled) {
        const { changed } = await this.weddings.cancel(vendor, weddingId, context, {
          bulk: true,
          ...(cancelledOn === undefined ? {} : { cancelledOn }),
        });
        return { weddingId, status: changed ? ("cancelled" as const) : ("unchanged" as const) };
      }
      const executions =
        journey === undefined ? undefined : await this.journeys.apply(vendor, put.state, journey, context, true);
      const status = put.created ? ("created" as const) : put.changed ? ("changed" as const) : ("unchanged" as const);
      return { weddingId, status, ...(executions === undefined ? {} : { executions }) };
    } catch (error) {
      return {
        weddingId: parsed.success ? parsed.data.weddingId : idOf(item),
        status: "refused" as const,
        problem: toItemProblem(error, index),
      };
    }
  }

  /** A wedding that was cancelled before stays cancelled when it is imported again. */
  async #putUnlessCancelled(
    vendor: string,
    weddingId: string,
    body: Parameters<Weddings["put"]>[2],
    defaults: VendorDefaults,
    cancelled: boolean,
    context: RequestContext,
  ) {
    if (cancelled) {
      const state = await this.weddings.find(vendor, weddingId);
      if (state.status === "cancelled") return { state, created: false, changed: false };
    }
    return await this.weddings.put(vendor, weddingId, body, defaults, context, true);
  }
}

/** The id of an item that was refused, if it has one; anything else that stands there is not repeated. */
function idOf(item: unknown): string {
  const given = typeof item === "object" && item !== null && "weddingId" in item ? item.weddingId : undefined;
  const parsed = bulkWeddingItem.shape.weddingId.safeParse(given);
  return parsed.success ? parsed.data : "";
}
