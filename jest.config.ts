// One root jest, one project a test level: the file's suffix is its level (see CONTRIBUTING.md).
import type { Config } from "jest";

const shared: NonNullable<Config["projects"]>[number] & object = {
  rootDir: ".",
  testEnvironment: "node",
  testEnvironmentOptions: { customExportConditions: ["@wedsync/source", "node", "import", "default"] },
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

// Levels that need the run's Postgres (see tools/test): one server a run, one template-cloned database a file.
const withPostgres = {
  globalSetup: "<rootDir>/tools/test/src/global-setup.ts",
  globalTeardown: "<rootDir>/tools/test/src/global-teardown.ts",
};

const config: Config = {
  projects: [level("unit"), level("property"), level("int", withPostgres), level("e2e", withPostgres)],
  testTimeout: 120_000,
};

export default config;
