// After a long outage the backlog does not go out by itself: normal and low work waits for one command of a person.
import type { Platform } from "../platform/platform.js";

const role = "dispatcher";

/** Notes that this dispatcher is alive now. */
export async function noteAlive({ log }: Pick<Platform, "log">): Promise<void> {
  await log.pool.query(
    `insert into ${log.schema}.last_seen (role, at) values ($1, clock_timestamp()) on conflict (role) do update set at = excluded.at`,
    [role],
  );
}

/** Holds the two lower tiers when no dispatcher was alive for longer than the environment allows. */
export async function holdAfterOutage(platform: Platform): Promise<void> {
  const { log, scheduler, environment, logger } = platform;
  const { rows } = await log.pool.query<{ silent: string }>(
    `select (extract(epoch from clock_timestamp() - at) * 1000)::int8 as silent from ${log.schema}.last_seen where role = $1`,
    [role],
  );
  const silentMs = Number(rows[0]?.silent ?? 0);
  if (silentMs > environment.WEDSYNC_OUTAGE_HOLD_AFTER) {
    const meta = {
      source: "/orchestrator/dispatcher",
      correlationId: "outage",
      actor: "system:dispatcher",
      region: environment.WEDSYNC_REGION,
    };
    for (const tier of ["normal", "low"]) {
      const held = await scheduler.hold(`tier:${tier}`, "outage", meta);
      // Not noted as alive then: the next attempt to lead finds the same outage, and nothing goes out in between.
      if (!held.ok) throw Object.assign(new Error("The hold could not be written."), { name: held.refusal.code });
    }
    logger.warn(
      { silentMinutes: Math.round(silentMs / 60_000) },
      "long outage: normal and low work is held; release tier:normal and tier:low",
    );
  }
  await noteAlive(platform);
}
