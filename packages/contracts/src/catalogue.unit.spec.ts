import { readFileSync } from "node:fs";
import { catalogue } from "./catalogue.js";
import { newestVersion } from "./generate/event-schema.js";
import { fieldsOf, shapeTitles } from "./generate/fields.js";
import { objectShapes, scalarShapes } from "./generate/shapes.js";

const versions = catalogue.map(newestVersion);
const shapes = [...scalarShapes, ...objectShapes];

/** Past tense without "-ed", and the one state that the architecture names by an adjective. */
const past = /(ed|Begun|Forecast|Held|Lost|Read|Uncertain)$/;

it("LOG-1: an event type is named once in all contexts", () => {
  const types = catalogue.map(({ definition }) => definition.type);
  expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
});

it("LOG-1: event types are PascalCase business facts in the past tense", () => {
  const odd = catalogue
    .map(({ definition }) => definition.type)
    .filter((type) => !/^([A-Z][a-z]+){2,}$/.test(type) || !past.test(type));
  expect(odd).toEqual([]);
});

it("LOG-1: versions are whole numbers from 1 and every step between them has its upcaster", () => {
  for (const { definition } of catalogue) {
    expect(Number.isInteger(definition.version) && definition.version >= 1).toBe(true);
    expect(definition.upcasters).toHaveLength(definition.version - 1);
  }
});

it("LIB-1: every context of the catalogue has a subpath of its own", () => {
  const { exports } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    exports: Record<string, unknown>;
  };
  const contexts = [...new Set(catalogue.map(({ context }) => `./${context}`))];
  expect(Object.keys(exports)).toEqual(expect.arrayContaining(contexts));
});

it("every event, shape and field says what it means", () => {
  const silent = [...versions.map(({ schema }) => schema), ...shapes].flatMap((schema) => [
    ...(schema["description"] === undefined ? [String(schema["title"])] : []),
    ...fieldsOf(schema)
      .filter(({ meaning }) => meaning === "")
      .map(({ path }) => `${String(schema["title"])}.${path}`),
  ]);
  expect(silent).toEqual([]);
});

it("every shape with a name that an event uses is explained in the reference", () => {
  const used = new Set(versions.flatMap(({ schema }) => shapeTitles(schema)));
  expect([...used].toSorted()).toEqual(shapes.map(({ title }) => title).toSorted());
});

it("LOG-6: no field of an event is named after a couple's data; that travels sealed", () => {
  const personal = /(^|[.[\]*])(couple|email|e_?mail|phone|mobile|(first|last|full)?name|address|replyTo|to)$/i;
  const clear = versions.flatMap(({ type, schema }) =>
    fieldsOf(schema)
      .filter(({ path }) => personal.test(path))
      .map(({ path }) => `${type}.${path}`),
  );
  expect(clear).toEqual([]);
});
