import { z } from "zod";
import { sealed } from "../common.js";
import { defineEvent } from "../definition.js";
import { jsonSchemaOf, newestVersion } from "./event-schema.js";
import { typeOf } from "./field-type.js";
import { ciphertextPaths, fieldsOf } from "./fields.js";
import { entryOf, versionsUpTo } from "./fixtures.js";
import { eventReference } from "./reference.js";

const guestListClosed = defineEvent({
  type: "GuestListClosed",
  version: 1,
  summary: "No guest can be added any more.",
  schema: z.strictObject({
    tables: z
      .array(z.strictObject({ seats: z.int().min(1).max(12).describe("Chairs."), guests: sealed.describe("Names.") }))
      .describe("The tables."),
    host: z.union([z.strictObject({ note: sealed }), z.null()]).describe("Who pays."),
    menus: z.record(z.string(), z.strictObject({ wishes: sealed.exactOptional() })).describe("By course."),
  }),
  example: { tables: [], host: null, menus: {} },
});
const { schema } = newestVersion(entryOf(guestListClosed));

it("LOG-6: ciphertext is found in lists, maps and alternatives", () => {
  expect(ciphertextPaths(schema)).toEqual(["tables[].guests", "host.note", "menus.*.wishes"]);
});

it("fields are listed with path, type, need and meaning", () => {
  expect(fieldsOf(schema)).toEqual([
    { path: "tables", type: "list: object", required: true, meaning: "The tables." },
    { path: "tables[].seats", type: "integer, 1 to 12", required: true, meaning: "Chairs." },
    { path: "tables[].guests", type: "[Sealed](#sealed)", required: true, meaning: "Names." },
    { path: "host", type: "object or null", required: true, meaning: "Who pays." },
    { path: "host.note", type: "[Sealed](#sealed)", required: true, meaning: expect.stringMatching(/^Personal data/) },
    { path: "menus", type: "map: object", required: true, meaning: "By course." },
    { path: "menus.*.wishes", type: "[Sealed](#sealed)", required: false, meaning: expect.any(String) },
  ]);
});

it.each([
  [z.int().min(1), "integer, at least 1"],
  [z.string().max(64), "string, at most 64"],
  [z.number().positive(), "number, more than 0"],
  [z.boolean(), "boolean"],
  [z.enum(["run", "skip"]), "`run`, `skip`"],
  [z.literal("now"), '`"now"`'],
  [z.url(), "uri"],
  [z.string().regex(/^(a|b)$/), "`^(a\\|b)$`"],
  [z.array(z.string()).max(8), "list, at most 8: string"],
  [z.record(z.string(), z.json()), "map: any JSON"],
  [z.union([z.string(), z.number()]), "string or number"],
])("a type is said in words (%#)", (type, words) => {
  expect(typeOf(jsonSchemaOf(type))).toBe(words);
});

it("LOG-1: the reference has a row for each event and links each version that can be met in a log", () => {
  const text = eventReference(versionsUpTo(3));
  expect(text).toContain(
    "| [InvitationPrinted](#invitationprinted) | 3 | `invitation` | none | Invitations were printed. |",
  );
  expect(text.match(/golden\/stationery\/InvitationPrinted\.v\d\.json/g)).toHaveLength(3);
  expect(text).toContain("| `copies` | integer, at least 1 | yes | How many. |");
});
