// What is shown of a process that does not start.
import { firstErrorOf } from "./first-error.js";

describe("the first error of a process", () => {
  it("is the line that names it, not the last one that was written", () => {
    const crash = [
      '{"level":"info","msg":"starting"}',
      "file:///app/main.js:12",
      "    throw error;",
      "TypeError: it is not a function",
      "    at main (file:///app/main.js:12)",
      "Node.js v24.11.0",
    ];
    expect(firstErrorOf(crash)).toBe("TypeError: it is not a function");
    const refused = ["DATABASE_URL is missing", "SMTP_URL is missing"];
    expect(firstErrorOf(refused)).toBe("DATABASE_URL is missing");
    const logged = ['{"level":"info","msg":"a"}', '{"level":"error","msg":"b"}', '{"level":"info","msg":"c"}'];
    expect(firstErrorOf(logged)).toBe('{"level":"error","msg":"b"}');
    expect(firstErrorOf([])).toBe("it said nothing");
  });
});
