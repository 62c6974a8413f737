// The wire format against the server that reads it.
import * as fc from "fast-check";
import { Client } from "pg";
import { encodeArray, type ArrayElement } from "./binary-array.js";
import { openFixture, type Fixture } from "./testing/fixture.js";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 120 }).filter((text) => !text.includes("\u0000") && text.isWellFormed()),
  fc.string({ minLength: 90, maxLength: 300 }),
);
const values: Readonly<Record<ArrayElement, fc.Arbitrary<unknown>>> = {
  bool: fc.boolean(),
  int4: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  int8: fc.maxSafeInteger(),
  text: anyText,
  uuid: fc.uuid(),
};

describe("arrays in binary form", () => {
  let fixture: Fixture;
  let client: Client;
  beforeAll(async () => {
    fixture = await openFixture();
    client = new Client({ connectionString: fixture.database.appUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await fixture.close();
  });

  it.each(Object.keys(values) as ArrayElement[])(
    "LOG-1: %s arrays mean to the server what they say",
    async (element) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.option(values[element], { nil: null }), { maxLength: 30 }), async (array) => {
          const { rows } = await client.query<{ text: string }>(`select to_json($1::${element}[])::text as text`, [
            encodeArray[element](array),
          ]);
          expect(JSON.parse(rows[0]?.text ?? "")).toStrictEqual(array);
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each([
    ["int4", 2 ** 31],
    ["int4", 0.5],
    ["int8", 2 ** 53],
    ["int8", Number.NaN],
    ["uuid", ""],
    ["uuid", "018f0000-0000-7000-8000-00000000000"],
    ["uuid", "018f0000-0000-7000-8000-00000000000g"],
    ["uuid", "018f0000+0000-7000-8000-000000000000"],
    ["uuid", "018f0000-0000-7000-8000-0000000000000"],
  ] as const)("%s arrays refuse %s instead of cutting it off", (element, value) => {
    expect(() => encodeArray[element]([value])).toThrow(RangeError);
  });
});
