// The policy that decides order, as complete data.
import type { DispatchPolicy } from "@wedsync/contracts/scheduler";

export const defaultDispatchPolicy: DispatchPolicy = {
  version: 1,
  tiers: { highDaysBefore: 7, criticalDaysBefore: 1, criticalUntilHour: 6 },
  lowGuarantee: 0.05,
  criticalReserve: 0.2,
  vendorWeights: {},
};
