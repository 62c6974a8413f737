// What a reader who has seen no code would misread: the tier at the moment, who held it, zones, and what the season does.
import { at, minute, requested, started, steps, told, work } from "../testing/told.js";
import { exampleSeason } from "../testing/season.js";

const week = { highFrom: at - minute, criticalFrom: at + 60 * minute, criticalUntil: at + 120 * minute };

describe("RPL-3: why, without misleading", () => {
  it("names the module's own tier and the tier at that moment", () => {
    expect(told({ steps: steps([at, requested({ window: week })]) })).toMatch(
      /The module's own tier is normal; the wedding raises it to high from .* At this moment it was high, because the wedding's week has begun \(high until Thu 2027-05-13 10:00:00 Europe\/London, then critical\)\./,
    );
    expect(told({ steps: steps([at - minute, requested()]) })).toMatch(/At this moment it was normal\./);
    expect(told({ steps: steps([at, requested({ window: week, defaultTier: "critical" })]) })).toMatch(
      /own tier is critical; no day of the wedding raises it further\. At this moment it was critical\./,
    );
  });

  it("names who held, released, put back, settled and cancelled it, and what was held", () => {
    const holds = [
      { at: at + 1, scope: "vendor:lens", held: true, cause: "requested", actor: "key:0198f3a1" },
      { at: at + 2, scope: "wedding:lens/w1", held: false, cause: "", actor: "user:7c1e" },
    ];
    const text = told({
      holds,
      steps: steps(
        [at, requested()],
        [at + 3, { type: "RedriveApproved", data: { work } }],
        [at + 4, { type: "ExecutionCancelled", data: { cause: "requested" } }],
      ),
    });
    expect(text).toMatch(/vendor lens was held by key 0198f3a1; nothing in it starts\./);
    expect(text).toMatch(/wedding w1 of vendor lens was released by user 7c1e\./);
    expect(text).toMatch(/key 0198f3a0 put it back/);
    expect(text).toMatch(/it was not run, because key 0198f3a0 asked for it\./);
    expect(text).not.toMatch(/vendor:|wedding:|key:|somebody|a person put/);
  });

  it("tells every instant in the wedding's zone", () => {
    const start = started(1, {
      tier: "critical",
      reasons: [{ code: "event_day_near", params: { changesAt: work.window.criticalUntil } }],
    });
    const text = told({ steps: steps([at, requested()], [at, start]) });
    expect(text).toMatch(/critical until Sun 2027-06-13 06:00:00 Europe\/London/);
    expect(text).not.toMatch(/\d\d:\d\dZ|\d\dZ|UTC/);
  });

  it("names the season policy in force and says that it changes capacity, not order", () => {
    const policies = [
      { position: 0n, policy: exampleSeason(1) },
      { position: 1n, policy: exampleSeason(2) },
    ];
    const text = told({ policies, steps: steps([at, requested()], [at, started(1)]) });
    // A Thursday in May; version 2 came between acceptance and start.
    expect(text).toMatch(
      /Season policy default version 1 was in force: demand in united-kingdom on that day was 5 times that of a quiet day \(peak season x 5, Thursday x 1\)\. The season changes how much capacity is planned, not the order of work\./,
    );
    expect(text).toMatch(/In force: .*, season policy default version 2 \(demand x 5\)\./);
    expect(told({ steps: steps([at, requested()]) })).toMatch(/No season policy was in force\./);
  });
});
