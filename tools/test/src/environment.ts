// What the runner hands to the specs, by environment variables.

export const postgresVariable = "WEDSYNC_TEST_POSTGRES";
export const sharedDataVariable = "WEDSYNC_SHARED_DATA";
export const folderVariable = "WEDSYNC_TEST_FOLDER";

/** @throws Error that says how tests are run, when the runner did not set the variable. */
export function fromRunner(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is missing: run tests with \`npx pnpm@12 test -- FILE\`, which starts what they need.`);
  return value;
}

/** Folder of the real data that `test --shared-data` named. */
export const sharedDataFolder = (): string => fromRunner(sharedDataVariable);
