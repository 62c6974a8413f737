import { z } from "zod";
import type { EventDefinition } from "../definition.js";
import { checkCompatibility, refusalOf } from "./compatibility.js";
import { definitionAt, versionsUpTo } from "./fixtures.js";

const newest = definitionAt(3);
const versions = versionsUpTo(3);
const check = (change: Partial<EventDefinition>) => checkCompatibility({ ...newest, ...change }, versions);
const [first, second] = newest.upcasters;
if (first === undefined || second === undefined) throw new Error("The fixture has two steps.");

describe("LOG-5: backward-transitive compatibility", () => {
  it("every golden payload of every version climbs to the newest", () => {
    expect(checkCompatibility(newest, versions)).toEqual([]);
  });

  it("a version without its upcaster is named", () => {
    expect(check({ upcasters: [first] })).toMatchObject([
      { code: "upcasters_incomplete", type: "InvitationPrinted", version: 3 },
    ]);
  });

  it("a step that serves version 2 but breaks version 1 is refused, not only the last step", () => {
    const problems = check({ upcasters: [() => ({ heading: "June" }), second] });
    expect(problems).toMatchObject([{ code: "upcaster_refused", version: 1 }]);
    expect(problems[0]?.message).toContain("from 1 to 2");
  });

  it("a step whose mistake a later step would hide is refused where it happens", () => {
    const problems = check({ upcasters: [() => ({}), () => ({ title: "made up", copies: 1 })] });
    expect(problems).toMatchObject([{ code: "upcaster_refused", version: 1 }]);
  });

  it("a step that throws is named with the golden payload that it threw on", () => {
    const problems = check({
      upcasters: [
        first,
        () => {
          throw new Error("no");
        },
      ],
    });
    expect(problems.map(({ code, version }) => [code, version])).toEqual([
      ["upcaster_failed", 1],
      ["upcaster_failed", 2],
    ]);
  });

  it("a step that changes its argument is refused", () => {
    const problems = check({
      upcasters: [first, (data) => Object.assign(data as Record<string, never>, { copies: 1 })],
    });
    expect(problems[0]).toMatchObject({ code: "upcaster_failed", version: 1 });
  });

  it("a step that remembers is refused", () => {
    let copies = 0;
    const problems = check({ upcasters: [first, (data) => ({ ...data, copies: ++copies })] });
    expect(problems[0]).toMatchObject({ code: "upcaster_impure", version: 1 });
  });

  it("an example that its own schema refuses is named with the place", () => {
    const problems = checkCompatibility(
      { ...newest, example: { title: "August", copies: 0 } },
      versionsUpTo(3).map((version) =>
        version.version === 3 ? { ...version, golden: { title: "A", copies: 0 } } : version,
      ),
    );
    expect(problems).toMatchObject([{ code: "golden_refused", version: 3 }]);
    expect(problems[0]?.message).toContain("#/copies (minimum)");
  });

  it("a rule that JSON Schema cannot say is still checked, by the codec", () => {
    const schema = z.strictObject({ title: z.string(), copies: z.int() }).refine(({ copies }) => copies > 1_000);
    expect(check({ schema })).toMatchObject([
      { code: "golden_refused", version: 1 },
      { code: "golden_refused", version: 2 },
      { code: "golden_refused", version: 3 },
    ]);
  });
});

it("a JSON Schema accepts, or names place and rule of the refusal", () => {
  const schema = { type: "object", properties: { a: { type: "integer" } } };
  expect(refusalOf(schema, { a: 1 })).toBeUndefined();
  expect(refusalOf(schema, { a: "x" })).toBe("#/a (type)");
});
