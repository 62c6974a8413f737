// The door of the log: what could break a whole commit group (bad text, size, depth) is refused for its caller alone.
import type { AppendInvalid } from "./append-result.js";
import type { Json } from "./envelope.js";
import type { AppendRequest } from "./log.js";

export const limits = {
  /** Bytes of one event's data as JSON text, in UTF-8. */
  eventBytes: 256 * 1024,
  /** Nesting of arrays and objects. */
  depth: 16,
  /** Events of one append. */
  events: 1_000,
} as const;

const invalid = (reason: AppendInvalid["reason"], path: string, message: string): AppendInvalid => ({
  ok: false,
  code: "append_invalid",
  reason,
  path,
  message,
});

const textMessage = "Text holds a NUL or half a surrogate pair; remove it.";

/** Length of a string in UTF-8 bytes, without an encoder. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd8_00 && unit <= 0xdf_ff ? 2 : 3;
  }
  return bytes;
}

function badText(text: string): boolean {
  return text.includes("\u0000") || !text.isWellFormed();
}

/** A key as a part of a JSON pointer (RFC 6901). */
function escapeKey(key: string): string {
  return key.includes("~") || key.includes("/") ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;
}

function checkJson(value: unknown, path: string, depth: number): AppendInvalid | undefined {
  if (value === null || typeof value === "boolean") return undefined;
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : invalid("not_json", path, "A number must be finite.");
  }
  if (typeof value === "string") {
    return badText(value) ? invalid("bad_text", path, textMessage) : undefined;
  }
  if (typeof value !== "object") return invalid("not_json", path, `A ${typeof value} is not JSON.`);
  if (depth > limits.depth) return invalid("too_deep", path, `Nested deeper than ${limits.depth} levels; flatten it.`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = checkJson(item, `${path}/${index}`, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return invalid("not_json", path, "An object that writes itself (such as a date) is not JSON; convert it first.");
  }
  for (const [key, item] of Object.entries(value)) {
    if (badText(key)) return invalid("bad_text", path, "A key holds a NUL or half a surrogate pair; remove it.");
    if (item === undefined) continue;
    const found = checkJson(item, `${path}/${escapeKey(key)}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * JSON in form and depth; its texts are judged by what they are written as. It says no more than yes or no and builds no
 * paths, because almost all data is good and every append passes here; what is not is looked at again by `checkJson`.
 */
function isJson(value: unknown, depth: number): boolean {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth > limits.depth) return false;
  if (Array.isArray(value)) {
    // Not `every`, which passes over holes.
    for (const item of value) if (!isJson(item, depth + 1)) return false;
    return true;
  }
  if ("toJSON" in value && typeof value.toJSON === "function") return false;
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members)) {
    const item = members[key];
    if (item !== undefined && !isJson(item, depth + 1)) return false;
  }
  return true;
}

/** The JSON text of event data, or why it cannot be stored. */
export function dataText(data: Json, path: string): string | AppendInvalid {
  const text = isJson(data, 1) ? JSON.stringify(data) : "";
  // NUL and half surrogate pairs are written as \u escapes: a text without one holds none.
  if (text === "" || text.includes(String.raw`\u`)) {
    const found = checkJson(data, path, 1);
    if (found !== undefined) return found;
  }
  if (text.length * 3 > limits.eventBytes && utf8Length(text) > limits.eventBytes) {
    return invalid("too_large", path, `Data is larger than ${limits.eventBytes} bytes; store less, or a reference.`);
  }
  return text;
}

/** The short texts around the data, by where they stand; the first that no store can hold is named. */
function badLabel(request: AppendRequest): string | undefined {
  for (const [index, { category, events }] of request.streams.entries()) {
    if (badText(category)) return `streams/${index}/category`;
    for (const [place, { type, subject }] of events.entries()) {
      if (badText(type)) return `streams/${index}/events/${place}/type`;
      if (subject !== undefined && badText(subject)) return `streams/${index}/events/${place}/subject`;
    }
  }
  for (const [index, { key, value }] of (request.guards ?? []).entries()) {
    if (badText(key)) return `guards/${index}/key`;
    if (value !== null && badText(value)) return `guards/${index}/value`;
  }
  return request.leader !== undefined && badText(request.leader.role) ? "leader/role" : undefined;
}

/** Checks what can be checked without looking at the log. Returns the data of each event, in order, and the metadata as text. */
export function validateAppend(
  request: AppendRequest,
): { readonly ok: true; readonly texts: readonly string[]; readonly metaText: string } | AppendInvalid {
  const label = badLabel(request);
  if (label !== undefined) return invalid("bad_text", label, textMessage);
  const texts: string[] = [];
  const streams = new Set<string>();
  for (const stream of request.streams) {
    if (streams.has(stream.stream))
      return invalid("duplicate_stream", stream.category, "One append names each stream once.");
    streams.add(stream.stream);
    for (const event of stream.events) {
      const text = dataText(event.data, event.type);
      if (typeof text !== "string") return text;
      texts.push(text);
    }
  }
  if (texts.length === 0) return invalid("empty", "streams", "An append needs at least one event.");
  if (texts.length > limits.events)
    return invalid("too_large", "streams", `At most ${limits.events} events in one append.`);
  const metaText = dataText(request.meta as unknown as Json, "meta");
  if (typeof metaText !== "string") return metaText;
  return { ok: true, texts, metaText };
}
