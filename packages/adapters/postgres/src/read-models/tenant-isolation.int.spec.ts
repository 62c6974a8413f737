// INVARIANTS 48: what the catalogue promises, and what an attacker with a vendor's rights gets: own rows, or nothing.
import { Client } from "pg";
import { fact, factMeta, newStream } from "../testing/fact-events.js";
import { asked, openModelFixture, owner, schema, type ModelFixture } from "../testing/model-fixture.js";
import { note, notes } from "../testing/note-model.js";
import { createLimitedAppend } from "./limited-append.js";
import { createScopedReader } from "./scoped-reader.js";

interface Relation {
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly invoker: boolean;
  readonly owner: string;
  readonly policies: readonly string[] | null;
}

/** Every relation of the schema that holds rows or shows them: tables, partitions, views, materialized and foreign ones. */
const relations = `
  select c.relname as name, c.relkind as kind, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
         coalesce('security_invoker=true' = any(c.reloptions), false) as invoker, c.relowner::regrole::text as owner,
         (select array_agg(p.policyname::text order by p.policyname::text) from pg_policies p where p.schemaname = $1 and p.tablename = c.relname) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`;

describe("the schema of the read models", () => {
  let fixture: ModelFixture;
  let attacker: Client;
  beforeAll(async () => {
    fixture = await openModelFixture();
    await fixture.generations.begin(notes, asked);
    for (const vendor of ["lens", "rose"])
      for (let n = 0; n < 3; n += 1) await fixture.log.append(note(newStream(), 1, vendor));
    await fixture.feed(1);
    // Rebuilt: what is attacked are the objects of both generations.
    const { generation } = await fixture.generations.begin(notes, asked);
    await fixture.feed(generation);
    expect(await fixture.generations.switchTo(notes, generation)).toMatchObject({ ok: true });
    await fixture.generations.begin(notes, asked);
    await fixture.feed(3);
    attacker = new Client({ connectionString: fixture.database.appUrl });
    await attacker.connect();
  });
  afterAll(async () => {
    await attacker.end();
    await fixture.close();
  });

  /** The vendors that a statement shows in a vendor's transaction; a refusal shows none. */
  const shown = async (statement: string, claims: string | undefined): Promise<readonly string[]> => {
    await attacker.query("begin; set local role app_vendor");
    try {
      if (claims !== undefined) await attacker.query("select set_config('request.jwt.claims', $1, true)", [claims]);
      const { rows } = await attacker.query<{ vendor: string }>(statement);
      return [...new Set(rows.map((row) => row.vendor))].toSorted();
    } catch {
      return [];
    } finally {
      await attacker.query("rollback");
    }
  };
  const claimsOf = (vendor: unknown): string =>
    JSON.stringify({ app_metadata: { wedsync: { role: "vendor", vendorId: vendor } } });
  const objects = ["notes", "notes_g1", "notes_g2", "notes_g3"];

  it("AGG-1 SCENARIOS 13: every relation has forced row-level security and policies, every view asks with its caller's rights", async () => {
    const found = await fixture.query<Relation>(relations, [schema]);
    expect(found.map((relation) => relation.name)).toStrictEqual([...objects, "parked_stream", "projection"]);
    for (const relation of found) {
      expect(relation.owner).toBe(owner);
      if (relation.kind === "v") expect(relation).toMatchObject({ invoker: true });
      else {
        expect(relation).toMatchObject({ kind: "r", enabled: true, forced: true });
        const tenant = relation.name.startsWith("notes") ? ["vendor_reads"] : [];
        expect(relation.policies).toStrictEqual(["ops_read", "owner_writes", ...tenant]);
      }
    }
  });

  it("AGG-1: nobody but the three roles has any right on the schema, and none of them can log in or pass by policies", async () => {
    const grants = await fixture.query<{ grantee: string; right: string }>(
      `select distinct coalesce(nullif(a.grantee, 0)::regrole::text, 'public') as grantee, a.privilege_type as right
         from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
        where n.nspname = $1 and a.grantee::regrole::text <> $2 order by 1, 2`,
      [schema, owner],
    );
    expect(grants).toStrictEqual([
      { grantee: "app_ops", right: "SELECT" },
      { grantee: "app_vendor", right: "SELECT" },
    ]);
    const roles = await fixture.query(
      "select from pg_roles where rolname in ('app_vendor', 'app_ops', $1) and (rolcanlogin or rolbypassrls or rolsuper or rolcreaterole)",
      [owner],
    );
    expect(roles).toStrictEqual([]);
    const members = await fixture.query(
      "select from pg_auth_members m where m.member in ('app_vendor'::regrole, 'app_ops'::regrole)",
    );
    expect(members).toStrictEqual([]);
  });

  it.each(objects)("AGG-1: %s shows a vendor its own rows, and operators all", async (object) => {
    expect(await shown(`select vendor from ${schema}.${object}`, claimsOf("lens"))).toStrictEqual(["lens"]);
    const reader = createScopedReader({ pool: fixture.pool });
    const own = await reader.query({ vendor: "rose" }, `select vendor from ${schema}.${object}`);
    expect(own.map((row) => (row as { vendor: string }).vendor)).toStrictEqual(["rose", "rose", "rose"]);
    expect(await reader.query({ all: true }, `select from ${schema}.${object}`)).toHaveLength(6);
  });

  it.each<readonly [string, string | undefined]>([
    ["no claim at all", undefined],
    ["an empty claim", ""],
    ["a claim without a vendor", "{}"],
    ["a null vendor", claimsOf(null)],
    ["an empty vendor", claimsOf("")],
    ["a pattern", claimsOf("%")],
    ["a list of vendors", claimsOf(["rose", "lens"])],
    ["an object", claimsOf({ rose: true })],
    ["a statement", claimsOf("rose' or '1'='1")],
    ["an operator's role", JSON.stringify({ role: "service_role", app_metadata: { wedsync: { role: "ops" } } })],
    ["claims that are no JSON", "rose"],
    ["a vendor in the wrong place", JSON.stringify({ vendorId: "rose", app_metadata: { vendorId: "rose" } })],
  ])("AGG-1: %s shows nothing, in any object", async (_what, claims) => {
    for (const object of objects)
      expect(await shown(`select vendor from ${schema}.${object}`, claims)).toStrictEqual([]);
  });

  it.each([
    ["a join", `select b.vendor from ${schema}.notes a full join ${schema}.notes_g1 b on true`],
    ["a union", `select vendor from ${schema}.notes_g1 union all select vendor from ${schema}.notes_g2`],
    [
      "an outer condition that fails on foreign rows",
      `select vendor from ${schema}.notes where 1 / (case when vendor = 'rose' then 0 else 1 end) = 1`,
    ],
    ["the control tables", `select model as vendor from ${schema}.projection`],
    ["the parked list", `select reason as vendor from ${schema}.parked_stream`],
    ["the log", "select vendor from wedsync.events"],
    ["the keys", "select vendor from wedsync.api_key"],
    [
      "statistics of the table",
      `select unnest(most_common_vals::text::text[]) as vendor from pg_stats where schemaname = '${schema}'`,
    ],
    [
      "row security switched off",
      `select set_config('row_security', 'off', true) as vendor, (select count(*) from ${schema}.notes)`,
    ],
  ])("AGG-1: a vendor's rights with %s show no other vendor", async (_what, statement) => {
    await fixture.query(`analyze ${schema}.notes_g2`);
    const seen = await shown(statement, claimsOf("lens"));
    expect(seen).not.toContain("rose");
    expect(seen.filter((value) => value !== "lens" && value !== "off")).toStrictEqual([]);
  });

  it("AGG-1: a claim ends with its transaction, also on the same connection", async () => {
    expect(await shown(`select vendor from ${schema}.notes`, claimsOf("rose"))).toStrictEqual(["rose"]);
    expect(await shown(`select vendor from ${schema}.notes`, undefined)).toStrictEqual([]);
  });

  it.each([
    ["insert", `insert into ${schema}.notes_g2 (stream, vendor) values (gen_random_uuid(), 'lens')`],
    ["update", `update ${schema}.notes_g2 set vendor = 'lens'`],
    ["delete", `delete from ${schema}.notes_g2`],
    ["truncate", `truncate ${schema}.notes_g2`],
    ["drop the policies", `alter table ${schema}.notes_g2 disable row level security`],
    ["make a table", `create table ${schema}.mine (a int)`],
    ["become an operator", "set role app_ops"],
  ])("AGG-1: neither role can %s", async (what, statement) => {
    for (const role of ["app_vendor", "app_ops"]) {
      // Becoming the same role again is no gain, and the session's login may switch: the rights of the role alone count.
      if (what === "become an operator") {
        const may = await fixture.query<{ may: boolean }>(
          "select pg_has_role('app_vendor', 'app_ops', 'member') as may",
        );
        expect(may[0]?.may).toBe(false);
        continue;
      }
      await attacker.query(`begin; set local role ${role}`);
      await expect(attacker.query(statement)).rejects.toMatchObject({ code: "42501" });
      await attacker.query("rollback");
    }
  });

  it.each([
    ["write an event", "insert into wedsync.events select * from wedsync.events"],
    ["read data keys", "select from wedsync.data_key"],
    ["change an API key", "update wedsync.api_key set role = 'ops'"],
    ["write the orchestrator's read models", "delete from wedsync.projection"],
    ["make a table beside the log", "create table wedsync.mine (a int)"],
    ["make a table in public", "create table public.mine (a int)"],
    [
      "append an event that is not its own",
      "select wedsync.append_limited_v1(gen_random_uuid(), 'fact', 'GuardSet', 1, gen_random_uuid(), '{}', '{}')",
    ],
  ])("SEC-1: the aggregator's login cannot %s", async (_what, statement) => {
    await expect(attacker.query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^42501$/) });
  });

  it("SEC-1: the aggregator's login may not run the orchestrator's append, and its own takes its one type", async () => {
    const may = await fixture.query<{ name: string; may: boolean }>(
      `select proname as name, has_function_privilege($1, oid, 'execute') as may
         from pg_proc where pronamespace = 'wedsync'::regnamespace order by 1`,
      [owner],
    );
    expect(may).toStrictEqual([
      { name: "append_limited_v1", may: true },
      { name: "append_v1", may: false },
    ]);
    const append = createLimitedAppend({ pool: fixture.pool, schema: "wedsync" });
    const [stream, event] = [newStream(), fact("Noted", { vendor: "lens", amount: 1 })];
    expect(await append.append("fact", stream, event, factMeta)).toBe("appended");
    expect(await append.append("fact", stream, { ...event, id: newStream() }, factMeta)).toBe("exists");
    expect(await fixture.log.readStream("fact", stream)).toMatchObject([
      { ...event, meta: factMeta, streamVersion: 1 },
    ]);
  });
});
