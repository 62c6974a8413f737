// SCENARIOS 4 and S39: facts move while others start work on the strength of them. Movers and claimers meet on the same
// weddings from several processes' worth of committers.
import { fact, newStream, request } from "./testing/fact-events.js";
import { openFixture, seeded, type Fixture } from "./testing/fixture.js";

const subjects = 12;
const claimers = 8;
const movers = 2;
const rounds = 150;

describe("claims while the facts they rest on move", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture();
  });
  afterAll(async () => {
    await fixture.close();
  });

  it("INVARIANTS 30 S39: no claim is stored after a newer fact, none deadlocks, and refused ones say what is true", async () => {
    const logs = Array.from({ length: 4 }, () => fixture.open({ readers: 1 }));
    const logOf = (index: number) => logs[index % logs.length] ?? fixture.open();
    const known = Array.from({ length: subjects }, () => ({ stream: newStream(), version: 0 }));
    let refused = 0;
    let stored = 0;

    const move = async (mover: number): Promise<void> => {
      const chance = seeded(mover + 1);
      for (let round = 0; round < rounds; round += 1) {
        const subject = Math.floor(chance() * subjects);
        const { stream } = known[subject] ?? { stream: "" };
        const version = (await logOf(mover).readStream("fact", stream)).length;
        const value = `v${version + 1}`;
        const result = await logOf(mover).append(
          request(stream, version, [fact("GuardSet", { key: `subject/${subject}`, value })], { class: "control" }),
        );
        if (result.ok) known[subject] = { stream, version: version + 1 };
      }
    };
    const claim = async (claimer: number): Promise<void> => {
      const chance = seeded(100 + claimer);
      for (let round = 0; round < rounds; round += 1) {
        const subject = Math.floor(chance() * subjects);
        // What the claimer believes may be stale by the time its append is decided: that is the race.
        const version = known[subject]?.version ?? 0;
        const value = version === 0 ? null : `v${version}`;
        const result = await logOf(claimer).append(
          request(newStream(), 0, [fact("Claimed", { subject, value })], {
            guards: [{ key: `subject/${subject}`, value }],
          }),
        );
        if (result.ok) stored += 1;
        else {
          refused += 1;
          expect(result).toMatchObject({ code: "guard_refused", key: `subject/${subject}`, expected: value });
          if (result.code === "guard_refused") expect(result.actual).not.toBe(value);
        }
      }
    };
    await Promise.all([
      ...Array.from({ length: movers }, (_, index) => move(index)),
      ...Array.from({ length: claimers }, (_, index) => claim(index)),
    ]);

    expect(stored).toBeGreaterThan(0);
    expect(stored + refused).toBe(claimers * rounds);
    const current = new Map<string, string>();
    let stale = 0;
    for (const event of await fixture.open().read({ after: 0n, limit: 10_000 })) {
      if (event.type === "GuardSet") current.set(String(event.data["key"]), String(event.data["value"]));
      else if ((event.data["value"] ?? undefined) !== current.get(`subject/${String(event.data["subject"])}`))
        stale += 1;
    }
    expect(stale).toBe(0);
  });
});
