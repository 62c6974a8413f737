// One root jest, one project a test level: the file's suffix is its level (see CONTRIBUTING.md).
import type { Config } from "jest";

const shared: NonNullable<Config["projects"]>[number] & object = {
  rootDir: ".",
  // Not in the folder for temporary files, which is the run's own and goes with it: what was compiled stays, and how long
  // each file took.
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  testEnvironment: "node",
  testEnvironmentOptions: { customExportConditions: ["@wedsync/source", "node"] },
  extensionsToTreatAsEsm: [".ts"],
  modulePathIgnorePatterns: ["/dist/"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: "es6" },
      },
    ],
  },
};

const level = (name: string, more: object = {}) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/{packages,apps,tools}/**/*.${name}.spec.ts`],
  ...more,
});

// Which files count: the layers whose behaviour is all theirs. The floor is enforced by `test --coverage`.
const config: Config = {
  projects: [level("unit"), level("property"), level("int"), level("e2e"), level("shared")],
  // Only what hangs reaches it: a slow machine makes a test longer, never red. A wait says what it waited for before (`until`).
  testTimeout: 600_000,
  collectCoverageFrom: [
    "packages/{event-log,contracts,registry,scheduler,season-policy,journey-modules}/src/**/*.ts",
    "!**/{*.spec,index,globals.d}.ts",
    "!**/{testing,generate}/**",
  ],
  coverageProvider: "v8",
  coverageReporters: ["text-summary", "text"],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};

export default config;
