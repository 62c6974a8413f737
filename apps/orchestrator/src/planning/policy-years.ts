/** Years ahead whose holidays are resolved: a policy is put in force again long before it ends. */
const yearsAhead = 3;

/** The years for which a policy holds the days of holidays and feasts, both included. @param now epoch milliseconds */
export function policyYears(now: number): { readonly from: number; readonly to: number } {
  const year = new Date(now).getUTCFullYear();
  return { from: year - 1, to: year + yearsAhead };
}
