// One event as one line for a person on call. No personal data: names, addresses and payloads are never shown.
import { catalogue, createCodec } from "@wedsync/contracts";
import type { PlatformEvent } from "@wedsync/contracts/platform";
import type { ModuleEvent, VendorEvent } from "@wedsync/contracts/registry";
import type {
  DispatchEvent,
  ExecutionEvent,
  JourneyEvent,
  WeddingEvent,
  When,
  Work,
} from "@wedsync/contracts/scheduler";
import type { CapacityEvent, PolicyEvent } from "@wedsync/contracts/season-policy";
import type { RecordedEvent } from "@wedsync/event-log";
import { clean, local, many, span } from "./plain.js";
import { reasonText } from "./reasons.js";

type Told =
  | PlatformEvent
  | ModuleEvent
  | VendorEvent
  | DispatchEvent
  | ExecutionEvent
  | JourneyEvent
  | WeddingEvent
  | PolicyEvent
  | CapacityEvent;

const codec = createCodec(catalogue.map(({ definition }) => definition));

/** The event as a sentence without a full stop. One that cannot be read says so. */
export function sentenceOf(event: RecordedEvent): string {
  const decoded = codec.decode(event);
  if (!decoded.ok) return clean(`${event.type} version ${event.schemaVersion} (cannot be read: ${decoded.code})`);
  return clean(tell(decoded.event as Told) ?? plainName(event.type));
}

/** "ModuleCanaryStarted" as "Module canary started". */
const plainName = (type: string): string => {
  const words = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

/**
 * How the moment was asked for.
 * @param zone in which an instant is told
 */
export function whenText(when: When, zone: string): string {
  if (when.kind === "now") return "at once";
  if (when.kind === "at") return `at ${local(when.at, zone)}`;
  const days = Math.abs(when.day);
  const day =
    when.day === 0
      ? "on the wedding's first day"
      : `${many(days, "day")} ${when.day < 0 ? "before" : "after"} the wedding`;
  return `${day}, ${when.time} local time`;
}

const drifts = { missing: "missing", extra: "there without a cause", changed: "not what the log says" } as const;

const due = (work: Work): string => `due ${local(work.dueAt, work.zone)}`;

function tell(event: Told): string | undefined {
  switch (event.type) {
    case "VendorRegistered":
      return `Vendor registered (${event.data.type}, market ${event.data.market})`;
    case "VendorChanged":
      return "Vendor's data changed";
    case "ModuleVersionRegistered":
      return `Module ${event.data.definition.type}: version ${event.data.version} registered`;
    case "ModuleVersionActivated":
      return `Module ${event.data.type}: version ${event.data.version} is in force for new work`;
    case "WeddingBooked":
      return `Wedding ${event.data.weddingId} booked for ${event.data.date} (${event.data.zone})`;
    case "WeddingMoved":
      return `Wedding moved to ${event.data.date} (${event.data.zone}), schedule version ${event.data.scheduleVersion}`;
    case "WeddingBookingDateCorrected":
      return `Wedding was booked on ${event.data.bookedOn}`;
    case "WeddingDetailsChanged":
      return "Wedding's details changed";
    case "WeddingCancelled":
      return "Wedding cancelled";
    case "JourneyDefined":
      return `Journey ${event.data.journeyId} version ${event.data.version} defined: ${many(event.data.steps.length, "step")}`;
    case "JourneyApplied":
      return `Journey ${event.data.journeyId} version ${event.data.version} applied`;
    case "DispatchDecided":
      return `Dispatcher chose ${many(event.data.chosen.length, "start")} (as of position ${event.data.asOf})`;
    case "DispatchPolicyActivated":
      return `Dispatch policy version ${event.data.policy.version} is in force`;
    case "ScopePaused":
      return `${event.data.scope} held: ${reasonText(event.data.cause)}`;
    case "ScopeResumed":
      return `${event.data.scope} released`;
    case "IndexRowRestored":
      return `A row of ${event.data.table} was ${drifts[event.data.drift]} and was set right from the log`;
    case "ClockJumped":
      return `The database's clock jumped by ${span(event.data.observedMs - event.data.expectedMs)}`;
    case "ProjectionSwitched":
      return `Read model ${event.data.model} switched to generation ${event.data.generation}`;
    case "SeasonPolicyActivated": {
      const { name, version, markets } = event.data.policy;
      return `Season policy ${name} version ${version} is in force for ${many(Object.keys(markets).length, "market")}`;
    }
    case "DemandForecast":
      return `Demand in ${event.data.market} forecast for ${many(event.data.days.length, "day")} by ${event.data.model} ${event.data.modelVersion}, from bookings up to ${event.data.origin}`;
    case "CapacityPlanned": {
      const { market, from, until, zone, mode, steps } = event.data;
      const most = Math.max(...steps.map(({ slots }) => slots));
      return `Capacity of ${market} planned from ${local(from, zone)} to ${local(until, zone)}: at most ${many(most, "slot")} (${mode === "shadow" ? "shadow: nothing follows it" : "active"})`;
    }
    case "ApiKeyIssued":
    case "ApiKeyRevoked":
    case "CommandRefused":
    case "PersonalDataRead":
    case "LogEpochRaised":
      return undefined;
    default:
      return tellExecution(event);
  }
}

function tellExecution(event: ExecutionEvent): string | undefined {
  switch (event.type) {
    case "ExecutionRequested": {
      const { work, when, journey } = event.data;
      const by = journey === undefined ? "" : ` by journey ${journey.journeyId}, step ${journey.step}`;
      return `Execution of ${work.moduleType} accepted${by}: ${whenText(when, work.zone)}, ${due(work)}`;
    }
    case "ExecutionRescheduled":
      return `Execution rescheduled, ${due(event.data.work)}: ${reasonText(event.data.cause)}`;
    case "ExecutionHeld":
      return `Execution held for a person: ${reasonText(event.data.reason)}`;
    case "ExecutionReleased":
      return "Execution released by a person";
    case "ExecutionSkipped":
      return `Execution skipped: ${reasonText(event.data.reason)}`;
    case "ExecutionStarted": {
      const [reason] = event.data.reasons;
      return `Attempt ${event.data.attempt} started as ${event.data.tier}${reason === undefined ? "" : `: ${reasonText(reason)}`}`;
    }
    case "ExecutionEffectBegun":
      return `Attempt ${event.data.attempt} began to send through ${event.data.provider}`;
    case "ExecutionSucceeded":
      return `Attempt ${event.data.attempt} succeeded: ${event.data.provider} accepted it`;
    case "ExecutionFailed":
      return `Attempt ${event.data.attempt} failed (${event.data.code}); nothing was sent`;
    case "ExecutionRetryScheduled":
      return `Next attempt in ${span(event.data.delayMs)}: ${reasonText(event.data.reason)}`;
    case "ExecutionAttemptLost":
      return `Attempt ${event.data.attempt} lost: its worker fell silent${event.data.effectBegun ? " after it began to send" : ""}`;
    case "ExecutionUncertain":
      return `In doubt: ${reasonText(event.data.reason)}`;
    case "ExecutionUncertaintySettled":
      return `Doubt settled: ${event.data.outcome}`;
    case "ExecutionDeadLettered":
      return `Given up: ${reasonText(event.data.reason)}`;
    case "RedriveApproved":
      return "Put back by a person";
    case "CancelRequested":
      return `Cancel asked for while it ran: ${reasonText(event.data.cause)}`;
    case "ExecutionCancelled":
      return `Execution cancelled: ${reasonText(event.data.cause)}`;
    case "LateOutcomeReported":
      return `Late answer for attempt ${event.data.attempt}: ${event.data.provider} said ${event.data.outcome}`;
  }
  return undefined;
}
