// `wedsync season`: the season policy in force, and a market's profile put in its place.
import { readFile } from "node:fs/promises";
import { id } from "../arguments.js";
import type { SeasonPolicy } from "../answers.js";
import { clean, table } from "../output.js";
import type { Register } from "../register.js";
import { fail, fieldOf, ok, type Result } from "../result.js";

export const seasonText = ({ name, version, markets }: SeasonPolicy): string => {
  const rows = Object.entries(markets).map(([market, { zone, floor, cap, covers }]) => [
    clean(market),
    clean(zone),
    String(floor),
    String(cap),
    clean(covers.to),
  ]);
  return `policy ${clean(name)}, version ${version}\n${table(["market", "zone", "floor", "cap", "days until"], rows)}`;
};

/** A profile as it stands in a file; what is in it the server checks. */
async function profileIn(file: string): Promise<Result<object>> {
  try {
    const json = JSON.parse(await readFile(file, "utf8")) as unknown;
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return ok(json);
  } catch (error) {
    const code = fieldOf(error, "code");
    if (code !== "") return fail("usage", `${file} cannot be read (${code}).`);
    // No JSON, as is said below: the parser's own words would hold a piece of the file.
  }
  return fail("usage", `${file} holds no JSON object: a season profile, see packages/season-policy/README.md.`);
}

export const registerSeason: Register = (program, act) => {
  const season = program.command("season").description("the season policy: what seasonal demand follows from");

  const show = season.command("show").description("the policy in force, market by market (--json: all of it)");
  act(show, async ({ client }) => {
    const answer = await client.seasonPolicy();
    return answer.ok ? ok({ json: answer.value, text: seasonText(answer.value) }) : answer;
  });

  const set = season
    .command("set")
    .description("put a season profile in force for a market; only what it touches is planned anew")
    .argument("<market>", "the market, as vendors and weddings name it", id)
    .argument("<file>", "the profile, JSON")
    .option("--check", "tell what is wrong with it, or what it would change, and change nothing");
  act<{ readonly check?: true }>(set, async ({ client, args: [market = "", file = ""], options }) => {
    const profile = await profileIn(file);
    if (!profile.ok) return profile;
    const isCheck = options.check === true;
    const answer = await client.putSeasonProfile(market, profile.value, isCheck);
    if (!answer.ok) return answer;
    const { version, changed, touched, gaps } = answer.value;
    const done = !changed ? "is in force as it is" : isCheck ? "would be changed" : `is in force, version ${version}`;
    const lines = [
      `${market}: ${done}; demand of the coming 30 days differs in: ${touched.map(clean).join(", ") || "no market"}`,
      ...gaps.map(({ period, year }) => `${clean(period)} has no day in ${year}: continue its table`),
    ];
    return ok({ json: answer.value, text: lines.join("\n") });
  });
};
