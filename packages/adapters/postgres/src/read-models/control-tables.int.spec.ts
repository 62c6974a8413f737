// The checkpoints of generations keep the promises of every projection store.
import { describeProjectionStore } from "@wedsync/event-log/testing";
import type { PoolClient } from "pg";
import { createProjectionStore } from "../projection-store.js";
import { newStream } from "../testing/fact-events.js";
import { openModelFixture, schema, type ModelFixture } from "../testing/model-fixture.js";

let fixture: ModelFixture;
beforeAll(async () => {
  fixture = await openModelFixture();
  await fixture.query(`create table ${schema}.scratch (key text primary key, value int4);
                       alter table ${schema}.scratch owner to wedsync_aggregator`);
});
afterAll(async () => {
  await fixture.close();
});

describeProjectionStore<PoolClient>(
  { describe, it, expect },
  {
    name: "the control tables of read models",
    newId: newStream,
    create: async () => ({
      store: createProjectionStore({ pool: fixture.pool, schema }),
      put: async (client, key, value) => {
        await client.query(
          `insert into ${schema}.scratch values ($1, $2) on conflict (key) do update set value = excluded.value`,
          [key, value],
        );
      },
      get: async (key) => {
        const { rows } = await fixture.pool.query<{ value: number }>(
          `select value from ${schema}.scratch where key = $1`,
          [key],
        );
        return rows[0]?.value;
      },
    }),
  },
);
