import { lines } from "../examples/gift-list.js";

it("LIB-1: the README's example prints what the README says", () => {
  expect(lines).toEqual([
    "valid definition: true",
    'a bad request: {"ok":false,"issues":[{"path":"/gifts/1","rule":"type","valueType":"number"}]}',
    'a stricter version: [{"kind":"breaking","path":"/payloadSchema/required/shop","rule":"property_required"}]',
    'for a photographer: {"cpuMillis":75,"memoryMiB":32,"networkKiBps":64}',
  ]);
});
