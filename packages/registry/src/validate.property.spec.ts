import * as fc from "fast-check";
import { builtinDefinitions, validateRequest } from "./index.js";

const canary = "kanarienvogel";
/** JSON whose every text and key holds the canary. */
const poisoned = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string().map((text) => canary + text),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string().map((text) => canary + text),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;
const names = builtinDefinitions.flatMap(({ payloadSchema }) => Object.keys(Object(payloadSchema["properties"])));
const record = fc.oneof(poisoned, fc.dictionary(fc.constantFrom(...names, "other"), poisoned));

describe("validation of anything", () => {
  it("REG-2: no issue shows a value or an unknown name, whatever was sent", () => {
    fc.assert(
      fc.property(fc.constantFrom(...builtinDefinitions), record, record, (definition, config, payload) => {
        const result = validateRequest(definition, { config, payload });
        if (result.ok) return;
        expect(result.issues.length).toBeGreaterThan(0);
        expect(JSON.stringify(result.issues)).not.toContain(canary);
        for (const issue of result.issues) expect(Object.keys(issue).sort()).toEqual(["path", "rule", "valueType"]);
      }),
      { numRuns: 500 },
    );
  });

  it("REG-2: the same request gives the same answer", () => {
    fc.assert(
      fc.property(fc.constantFrom(...builtinDefinitions), record, (definition, payload) => {
        expect(validateRequest(definition, { payload })).toEqual(
          validateRequest(structuredClone(definition), { payload }),
        );
      }),
    );
  });
});
