// What a plan is made with where nobody says otherwise. The platform's planner leaves these to their defaults, and the simulation
// of a season (tools/simulate) plans with the same ones: the savings it shows are those of the plans that the platform makes.

export const planDefaults = {
  /**
   * Share of a slot's time that the demand may take. On a simulated year of real bookings it is the highest tenth at which critical
   * and high work waits no longer than with constant capacity for the peak, whatever `steppedRate` makes of the pace: where it cuts
   * nothing off, one in a hundred of the high waits at 0.6.
   */
  targetUtilisation: 0.5,
  /** How long before the demand its slots are asked for, milliseconds: what a new worker may take to be ready. */
  leadTimeMs: 15 * 60_000,
  /** Capacity that is needed again within this time stays, milliseconds. */
  holdMs: 3 * 3_600_000,
  /** Factor from one level of capacity to the next. */
  levelFactor: 1.25,
  /** Slots at or below which capacity is not worth many steps: it comes and goes once a day at most. */
  smallSlots: 1,
} as const;
