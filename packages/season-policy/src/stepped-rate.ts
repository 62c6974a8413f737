// A measured rate, told in coarse steps: plans are made anew when the rate changes, and noise must not change it.

/** Factor from one step to the next. */
const step = 1.5;

/** The step at or below a rate; the unit stays, more than 0. Planning with less than was measured is the careful side. */
export const steppedRate = (measured: number): number => step ** Math.floor(Math.log(measured) / Math.log(step));
