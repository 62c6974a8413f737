import { defaultJourney, parseJourney } from "./journey.js";

describe("the journey of a simulation", () => {
  it("is read from JSON, steps at booking and around the day", () => {
    const steps = [
      { key: "hello", at: "booking" },
      { key: "soon", at: { day: -30, time: "09:00" }, tier: "low" },
    ];
    expect(parseJourney(JSON.stringify({ steps }))).toEqual({
      ok: true,
      value: [
        { key: "hello", day: null, time: "09:00", tier: "normal" },
        { key: "soon", day: -30, time: "09:00", tier: "low" },
      ],
    });
    expect(defaultJourney.flatMap(({ day }) => day ?? [])).toEqual([-180, -90, -30, -7, -1, 3]);
  });

  it.each([
    ["{", "not JSON"],
    ['{"steps":[]}', "steps"],
    ['{"steps":[{"key":"a","at":{"day":-1,"time":"24:00"}}]}', "steps.0.at"],
    ['{"steps":[{"key":"a","at":"booking"},{"key":"a","at":"booking"}]}', "key a"],
  ])("refuses %s", (text, problem) => {
    const journey = parseJourney(text);
    expect(journey.ok ? "" : journey.problems.map(({ message }) => message).join("\n")).toContain(problem);
  });
});
