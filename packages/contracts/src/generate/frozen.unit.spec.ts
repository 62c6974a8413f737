import type { EventVersion } from "./version-files.js";
import { definitionAt, entryOf, versionsUpTo } from "./fixtures.js";
import { checkFrozen, freeze, type Frozen, isProblem, parseFrozen } from "./frozen.js";

const catalogue = [entryOf(definitionAt(3))];
const versions = versionsUpTo(3);
const released = (count: 1 | 2 | 3): Frozen => {
  const parsed = parseFrozen(freeze({}, versionsUpTo(count)));
  if (isProblem(parsed)) throw new Error(parsed.message);
  return parsed;
};
const withChange = (version: number, change: Partial<EventVersion>): readonly EventVersion[] =>
  versions.map((one) => (one.version === version ? { ...one, ...change } : one));

describe("LOG-5: a released version is frozen", () => {
  it("nothing is frozen before the first release", () => {
    expect(parseFrozen(undefined)).toEqual({});
    expect(checkFrozen({}, catalogue, withChange(3, { schema: { type: "string" } }))).toEqual([]);
  });

  it("unchanged versions pass", () => {
    expect(checkFrozen(released(3), catalogue, versions)).toEqual([]);
  });

  it.each([1, 3])("a change of version %p's schema names event, version and the way out", (version) => {
    const problems = checkFrozen(released(3), catalogue, withChange(version, { schema: { type: "object" } }));
    expect(problems).toMatchObject([{ code: "schema_changed", type: "InvitationPrinted", version }]);
    expect(problems[0]?.message).toContain(`InvitationPrinted version ${version}`);
    expect(problems[0]?.message).toContain("version 4 with an upcaster from 3");
  });

  it("a change of a golden payload is refused as well", () => {
    expect(checkFrozen(released(3), catalogue, withChange(1, { golden: { name: "May" } }))).toMatchObject([
      { code: "golden_changed", version: 1 },
    ]);
  });

  it("a version that is not released yet may change", () => {
    expect(checkFrozen(released(2), catalogue, withChange(3, { schema: { type: "object" } }))).toEqual([]);
  });

  it("better words and another order of keys are no change", () => {
    const [first] = versions;
    const schema = Object.fromEntries(
      Object.entries({ ...first?.schema, title: "Other", description: "Clearer." }).toReversed(),
    );
    expect(checkFrozen(released(3), catalogue, withChange(1, { schema }))).toEqual([]);
  });

  it("an event that leaves the catalogue, or goes back to an older version, is refused", () => {
    expect(checkFrozen(released(1), [], [])).toMatchObject([{ code: "release_removed", version: 1 }]);
    expect(checkFrozen(released(3), [entryOf(definitionAt(2))], versionsUpTo(2))).toMatchObject([
      { code: "release_removed", type: "InvitationPrinted", version: 3 },
    ]);
  });

  it("freezing adds lines and alters none", () => {
    const before = released(2);
    const text = freeze(before, withChange(1, { golden: { name: "May" } }));
    const after = JSON.parse(text) as Frozen;
    expect(after).toEqual({ ...before, "InvitationPrinted.v3": after["InvitationPrinted.v3"] });
    expect(Object.keys(after)).toHaveLength(3);
    expect(freeze(after, versions)).toBe(text);
  });

  it.each(["{", "[]", '{"X.v1":{"schema":"short","golden":"short"}}', '{"nonsense":{}}'])(
    "a frozen.json that says %p is refused instead of read as empty",
    (text) => {
      expect(parseFrozen(text)).toMatchObject({ code: "frozen_file_unreadable" });
    },
  );
});
