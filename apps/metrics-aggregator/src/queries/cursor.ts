// Cursors of lists: the key of the last item shown, opaque to clients and checked like any other input.
import { problem } from "@wedsync/adapter-http";
import type { z } from "zod";

export const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/** @throws ProblemError 400 for anything that no answer held */
export function decodeCursor<Key extends z.ZodType>(text: string | undefined, key: Key): z.output<Key> | undefined {
  if (text === undefined) return undefined;
  const parsed = key.safeParse(parse(Buffer.from(text, "base64url").toString("utf8")));
  if (parsed.success) return parsed.data;
  throw problem(400, "invalid_request", "The cursor is not one that this route gave.", { path: "/query/cursor" });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
