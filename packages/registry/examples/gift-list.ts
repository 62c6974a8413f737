// A module type of your own, checked with plain functions: no event log, no server.
import {
  allocationFor,
  builtinDefinitions,
  compareDefinitions,
  validateDefinition,
  validatePayload,
} from "@wedsync/registry";

const email = builtinDefinitions.find(({ type }) => type === "email");
if (email === undefined) throw new Error("The e-mail module is built in.");

// Start from a built-in one and say what differs.
const giftList = {
  ...email,
  type: "gift-list",
  title: "Gift list",
  payloadSchema: {
    type: "object",
    properties: {
      title: { type: "string", maxLength: 80 },
      gifts: { type: "array", items: { type: "string" }, maxItems: 50 },
    },
    required: ["title", "gifts"],
    additionalProperties: false,
  },
  handler: { kind: "worker" as const, capability: "gift-list" },
};
const stricter = { ...giftList, payloadSchema: { ...giftList.payloadSchema, required: ["title", "gifts", "shop"] } };

export const lines = [
  `valid definition: ${validateDefinition(giftList).ok}`,
  `a bad request: ${JSON.stringify(validatePayload(giftList, { title: "For Anna and Zoë", gifts: ["a kettle", 7] }))}`,
  `a stricter version: ${JSON.stringify(compareDefinitions(giftList, stricter))}`,
  `for a photographer: ${JSON.stringify(allocationFor(giftList, "photographer"))}`,
];
