// Forecasters that are not run here, and what is known of them.
import type { Missing } from "./report.js";

/** Prophet is a Python program; what it reached is a fixed figure, for the one series on which it was measured. */
export const prophet: Missing = {
  name: "prophet",
  reason:
    "it is a Python program; with holidays it reached a MASE of 0.615 on daily births in the United States (2012 to 2014, 36 " +
    "origins, 1 to 30 days ahead)",
  reference: { mase: 0.615, series: "births-daily, 36 origins from 2012-01-15 on, 30 days ahead" },
};

export const noAugurs: Missing = { name: "augurs-mstl", reason: "@bsull/augurs is not installed" };
