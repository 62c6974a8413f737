import type { DispatchPolicy } from "@wedsync/contracts/scheduler";
import { createMemoryLog } from "@wedsync/event-log";
import { changeDispatchPolicy, dispatchPolicyAt } from "./activate-policy.js";
import { defaultDispatchPolicy, dispatchPolicyDecider } from "./dispatch-policy.js";

const clock = { now: () => 1_000 };
let id = 0;
const ids = {
  event: () => `00000000-0000-7000-8000-${String((id += 1)).padStart(12, "0")}`,
  stream: () => "00000000-0000-5000-8000-000000000001",
};
const meta = { source: "/test", correlationId: "c", actor: "system:test", region: "test" };
const second: DispatchPolicy = { ...defaultDispatchPolicy, version: 2, vendorWeights: { b: 2, a: 1 } };

it("SCH-2: a policy is seeded once, whatever the next release brings; a repeated command changes nothing", async () => {
  const log = createMemoryLog({ clock });
  const options = { log, clock, ids, meta };
  const seed = async (policy: DispatchPolicy) => await changeDispatchPolicy({ kind: "seed", policy }, options);
  expect(await seed(defaultDispatchPolicy)).toMatchObject({ ok: true, changed: true });
  expect(await seed(second)).toMatchObject({ ok: true, changed: false, value: { policy: defaultDispatchPolicy } });
  const activate = async (policy: DispatchPolicy) => await changeDispatchPolicy({ kind: "activate", policy }, options);
  expect(await activate(second)).toMatchObject({ ok: true, changed: true });
  expect(await activate({ ...second, vendorWeights: { a: 1, b: 2 } })).toMatchObject({ ok: true, changed: false });
  expect(await activate({ ...second, lowGuarantee: 0.5 })).toMatchObject({
    ok: false,
    refusal: { code: "policy_version_used", version: 2 },
  });
  expect(await log.head()).toBe(2n);
});

it("SCH-2: the policy in force is the newest one at a position; the default where there is none", async () => {
  const log = createMemoryLog({ clock });
  const options = { log, clock, ids, meta };
  expect(await dispatchPolicyAt(0n, options)).toEqual(defaultDispatchPolicy);
  await changeDispatchPolicy({ kind: "seed", policy: { ...defaultDispatchPolicy, lowGuarantee: 0.1 } }, options);
  await changeDispatchPolicy({ kind: "activate", policy: second }, options);
  expect((await dispatchPolicyAt(1n, options)).lowGuarantee).toBe(0.1);
  expect(await dispatchPolicyAt(2n, options)).toEqual(second);
  expect(dispatchPolicyDecider.isTerminal({ policy: second })).toBe(false);
});
