// SEA-1, SEA-2: an operator puts a market's profile in force, sees what it changes before, and is told where it is wrong.
import { europe } from "@wedsync/season-policy/profiles";
import { until } from "@wedsync/test";
import { startTestPlatform, type RunningPlatform } from "./testing/running-platform.js";

interface Change {
  readonly version: number;
  readonly changed: boolean;
  readonly touched: readonly string[];
  readonly gaps: readonly unknown[];
  readonly code?: string;
  readonly path?: string;
}
interface Policy {
  readonly version: number;
  readonly markets: Readonly<Record<string, { readonly cap: number; readonly zone: string }>>;
}

let platform: RunningPlatform;
beforeAll(async () => (platform = await startTestPlatform()));
afterAll(async () => await platform.stop());

const policy = async () => await platform.api.call<Policy>("GET", "/v1/season-policy");
const put = async (market: string, profile: object, query = "") =>
  await platform.api.call<Change>("PUT", `/v1/season-policy/markets/${market}${query}`, profile);
const activations = async () =>
  (await platform.query("select from wedsync.events where type = 'SeasonPolicyActivated'")).length;

it("SEA-1: a profile is tried first and put in force then, as a new version that names what it touches", async () => {
  await until(policy, ({ status }) => status === 200);
  const alps = { ...europe, name: "alps", cap: 9, zone: "Europe/Vienna" };
  const tried = await put("alps", alps, "?dryRun=true");
  expect(tried).toMatchObject({ status: 200, body: { version: 1, changed: true, touched: ["alps"], gaps: [] } });
  expect(await activations()).toBe(1);
  expect((await put("alps", alps)).body).toMatchObject({ version: 2, changed: true, touched: ["alps"] });
  const { body } = await until(policy, (found) => found.body.version === 2);
  expect(body.markets["alps"]).toMatchObject({ cap: 9, zone: "Europe/Vienna" });
  expect(body.markets["oceania"]).toBeDefined();
  expect((await put("alps", alps)).body).toEqual({ version: 2, changed: false, touched: [], gaps: [] });
  expect(await activations()).toBe(2);
});

it("SEA-1 SEC-2: an unknown key, a cap below the floor, an unknown zone or calendar are refused with their path", async () => {
  const refusals = [
    [{ ...europe, colour: 1 }, "/body/colour"],
    [{ ...europe, floor: 3, cap: 2 }, "/body/cap"],
    [{ ...europe, zone: "Europe/Lundon" }, "/body/zone"],
    [
      {
        ...europe,
        periods: [{ code: "h", multiplier: 2, when: { kind: "holidays", calendar: "DE-ZZ", types: ["public"] } }],
      },
      "/body/periods",
    ],
  ] as const;
  const before = await activations();
  for (const [profile, path] of refusals) {
    const { status, body } = await put("europe", profile);
    expect({ status, code: body.code, path: body.path }).toEqual({ status: 422, code: "profile_invalid", path });
  }
  expect(await activations()).toBe(before);
});

it("SEC-1: only operators put one in force", async () => {
  const reader = await platform.as("read-only");
  expect((await reader.call("GET", "/v1/season-policy")).status).toBe(200);
  expect((await reader.call("PUT", "/v1/season-policy/markets/europe", europe)).status).toBe(403);
});
