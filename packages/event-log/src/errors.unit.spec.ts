import { isLogError, logError } from "./errors.js";

it("a log error is known by its code, also when it comes from another copy of this package", () => {
  const cause = new Error("away");
  const error = logError("log_gap", "Position 3 is missing.", { expected: "3" }, cause);
  expect({ ...error, message: error.message, cause: error.cause }).toEqual({
    name: "LogError",
    code: "log_gap",
    context: { expected: "3" },
    message: "Position 3 is missing.",
    cause,
  });
  expect(isLogError(error)).toBe(true);
  expect(isLogError(Object.assign(new Error("copy"), { code: "log_closed" }))).toBe(true);
});

it("a log error without context or cause has none", () => {
  const error = logError("log_closed", "Closed.");
  expect(error.context).toEqual({});
  expect("cause" in error).toBe(false);
});

it("other errors, and what only looks like one, are not log errors", () => {
  const others = [
    new Error("plain"),
    Object.assign(new Error("driver"), { code: "ECONNREFUSED" }),
    Object.assign(new Error("number"), { code: 1 }),
    { code: "log_gap" },
    undefined,
    null,
    "log_gap",
  ];
  expect(others.map(isLogError)).toEqual(others.map(() => false));
});
