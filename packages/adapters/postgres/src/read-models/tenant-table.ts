// The one place where a relation of the read-model schema is made. A table that was copied, partitioned or wrapped in a
// plain view would lose its policies without an error; so every relation comes from here, and a test asks the catalogue.
import type { ColumnType } from "@wedsync/event-log";

/** What may stand in a read model: values with one canonical text, so that two builds of it can be compared. */
export type ModelColumnType = ColumnType | "date";

export interface ModelTable {
  readonly columns: Readonly<Record<string, ModelColumnType>>;
  /** Names of the key columns, in order. */
  readonly key: readonly string[];
  /** Column with the vendor a row belongs to. A table without it is for operators only. */
  readonly tenant?: string;
  readonly indexes?: readonly (readonly string[])[];
}

/** Database roles that queries run as. Neither can log in, write, or see past the policies. */
export const vendorRole = "app_vendor";
export const opsRole = "app_ops";

/** The vendor that the transaction's claims name; null without claims. Wrapped in a select, it is computed once a query. */
const claimedVendor =
  "(select nullif(current_setting('request.jwt.claims', true), '')::jsonb #>> '{app_metadata,wedsync,vendorId}')";

const quoted = (name: string): string => `"${name}"`;
const listed = (names: readonly string[]): string => names.map(quoted).join(", ");

/**
 * SQL that makes a table with forced row-level security: its owner writes, operators read all, a vendor its own rows.
 * @param owner the role that owns the schema and fills the table; policies bind it as well
 */
export function modelTableSql(schema: string, name: string, table: ModelTable, owner: string): string {
  const relation = `${schema}.${quoted(name)}`;
  const columns = Object.entries(table.columns).map(
    ([column, type]) => `${quoted(column)} ${type === "bool" ? "boolean" : type}`,
  );
  const indexes = (table.indexes ?? []).map((index) => `create index on ${relation} (${listed(index)});`);
  return [
    `create table ${relation} (${[...columns, `primary key (${listed(table.key)})`].join(", ")});`,
    `alter table ${relation} enable row level security;`,
    `alter table ${relation} force row level security;`,
    `create policy owner_writes on ${relation} for all to ${owner} using (true) with check (true);`,
    `create policy ops_read on ${relation} for select to ${opsRole} using (true);`,
    `revoke all on ${relation} from public, ${vendorRole}, ${opsRole};`,
    `grant select on ${relation} to ${opsRole};`,
    ...(table.tenant === undefined
      ? []
      : [
          `create policy vendor_reads on ${relation} for select to ${vendorRole} using (${quoted(table.tenant)} = ${claimedVendor});`,
          `grant select on ${relation} to ${vendorRole};`,
          `create index on ${relation} (${quoted(table.tenant)});`,
        ]),
    ...indexes,
  ].join("\n");
}

/** SQL that makes the stable name of a read model show one of its tables, with the policies of whoever asks. */
export function modelViewSql(schema: string, name: string, source: string, table: ModelTable): string {
  const view = `${schema}.${quoted(name)}`;
  const readers = table.tenant === undefined ? opsRole : `${opsRole}, ${vendorRole}`;
  return [
    `drop view if exists ${view};`,
    `create view ${view} with (security_invoker = true) as select ${listed(Object.keys(table.columns))} from ${schema}.${quoted(source)};`,
    `revoke all on ${view} from public, ${vendorRole}, ${opsRole};`,
    `grant select on ${view} to ${readers};`,
  ].join("\n");
}
