// The public face of the kernel. Everything not named here is internal.
export { accept, fold, refuse, type Decider, type Decision } from "./decider.js";
export {
  type AppendInvalid,
  type Appended,
  type AppendRefusal,
  type AppendResult,
  type GuardRefused,
  type LeaderFenced,
  type LogFenced,
  type VersionConflict,
} from "./append-result.js";
export { toCloudEvent, type CloudEvent } from "./cloud-event.js";
export { type DecodeFailure, type Decoded, type EncodedEvent, type EventCodec } from "./codec.js";
export {
  encodeAll,
  handleCommand,
  loadState,
  type CommandContext,
  type CommandOutcome,
  type LoadedState,
} from "./command-handling.js";
export { type Json, type JsonObject, type Metadata, type NewEvent, type RecordedEvent } from "./envelope.js";
export { isLogError, logError, type LogError, type LogErrorCode } from "./errors.js";
export {
  combineInline,
  guardTable,
  lastPerRow,
  type ColumnType,
  type ColumnValue,
  type InlineEvent,
  type InlineIndex,
  type InlineProjection,
  type InlineTable,
  type Row,
  type RowOperation,
} from "./inline-projection.js";
export {
  appendClasses,
  type AppendClass,
  type AppendRequest,
  type Clock,
  type EventLog,
  type EventReader,
  type Guard,
  type LeaderToken,
  type ReadOptions,
  type StreamAppend,
  type TailOptions,
} from "./log.js";
export { createMemoryLog, type MemoryLog, type MemoryLogOptions } from "./memory-log.js";
export {
  createMemoryProjectionStore,
  type MemoryProjectionStore,
  type MemoryTransaction,
} from "./memory-projection-store.js";
export { type Checkpoint, type ParkedStream, type Projection, type ProjectionStore } from "./projection.js";
export { catchUp, runProjection, type RunnerOptions, type RunnerState } from "./projection-runner.js";
export { limits, validateAppend } from "./validate-append.js";
