// Shapes with a name: explained once in the event reference and linked from each field that has one.
import type { JsonObject } from "@wedsync/event-log";
import { code, externalId, instant, isoDate, reason, sealed, tier, uuid, wallTime, zoneId } from "../common.js";
import { moduleDefinition } from "../registry/module-definition.js";
import { dispatchPolicy, position } from "../scheduler/dispatch-events.js";
import { tierWindow, when, work } from "../scheduler/work.js";
import { marketPolicy, period, season, seasonPolicy } from "../season-policy/policy.js";
import { capacityStep, forecastDay } from "../season-policy/season-events.js";
import { jsonSchemaOf } from "./event-schema.js";

/** Single values. */
export const scalarShapes: readonly JsonObject[] = [
  code,
  externalId,
  instant,
  isoDate,
  position,
  tier,
  uuid,
  wallTime,
  zoneId,
].map(jsonSchemaOf);

/** Values with fields. */
export const objectShapes: readonly JsonObject[] = [
  capacityStep,
  dispatchPolicy,
  forecastDay,
  marketPolicy,
  moduleDefinition,
  period,
  reason,
  sealed,
  season,
  seasonPolicy,
  tierWindow,
  when,
  work,
].map(jsonSchemaOf);
