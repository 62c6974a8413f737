// INVARIANTS 36: who holds the lease leads, whatever went wrong while the term began.
import { Terms, type End } from "./terms.js";

/** A leader whose parts are told apart by the number of the attempt that started them. */
function leader(open: (attempt: number) => Promise<void>) {
  const told: string[] = [];
  let attempts = 0;
  const terms = new Terms({
    open: async (epoch, ends: End[]) => {
      const attempt = (attempts += 1);
      ends.push(() => told.push(`end of attempt ${attempt}`));
      await open(attempt);
      told.push(`leading ${epoch}`);
    },
    onFailed: (_error, epoch) => told.push(`failed ${epoch}`),
    onEnded: () => told.push("ended"),
    onStandby: () => told.push("standby"),
    retryMs: 1,
  });
  return { terms, told };
}
const turns = async (): Promise<void> => await new Promise((resolve) => setTimeout(resolve, 30));

it("INVARIANTS 36: a term that cannot begin is tried again until it has, and each attempt is cleared away", async () => {
  const { terms, told } = leader(async (attempt) => {
    if (attempt < 3) throw new Error("the database is away");
    await turns();
  });
  terms.gained(7);
  await turns();
  await turns();
  await terms.stop();
  expect(told).toStrictEqual([
    "failed 7",
    "end of attempt 1",
    "failed 7",
    "end of attempt 2",
    "leading 7",
    "end of attempt 3",
    "ended",
    "standby",
  ]);
});

it("INVARIANTS 36: only the loss of the lease ends the attempts, and the next term begins when the last one has ended", async () => {
  const { terms, told } = leader(async (attempt) => {
    if (attempt === 1) throw new Error("the database is away");
    if (attempt === 2) await turns();
  });
  terms.gained(7);
  terms.lost();
  terms.gained(8);
  terms.lost();
  terms.gained(9);
  await turns();
  await turns();
  expect(told.filter((line) => line.startsWith("leading"))).toStrictEqual(["leading 9"]);
  await terms.stop();
  expect(told.slice(-2)).toEqual(["ended", "standby"]);
});

it("INVARIANTS 36: who lost the lease before the term had begun is a standby as before", async () => {
  const { terms, told } = leader(async () => {
    throw new Error("the database is away");
  });
  terms.gained(7);
  terms.lost();
  await turns();
  expect(told.at(-1)).toBe("standby");
  await terms.stop();
});
