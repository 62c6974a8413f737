// The layers of ARCHITECTURE.md, enforced. Each rule's comment is the reason a newcomer gets to read.
const inDomain = "^packages/(registry|scheduler|season-policy|monitor|journey-modules)/src";
const tests = "\\.spec\\.ts$";

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle hides which file owns a concept.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "kernel-stands-alone",
      comment:
        "L0 event-log is used alone by other teams: it imports nothing of the workspace, no node module and no library.",
      severity: "error",
      from: { path: "^packages/event-log/src", pathNot: tests },
      to: { pathNot: "^packages/event-log/src" },
    },
    {
      name: "contracts-know-the-kernel-only",
      comment: "L1 describes events; what they mean is the domain's business.",
      severity: "error",
      from: { path: "^packages/contracts/src", pathNot: `${tests}|generate` },
      to: { path: "^(packages|apps|tools)/", pathNot: "^packages/(contracts|event-log)/" },
    },
    {
      name: "domains-do-not-know-each-other",
      comment: "L2 packages are used alone: they get plain values, mapped in the apps.",
      severity: "error",
      from: { path: "^packages/([^/]+)/src", pathNot: `^packages/(event-log|contracts)/|${tests}` },
      to: { path: "^packages/", pathNot: "^packages/($1|event-log|contracts|adapters)/" },
    },
    {
      name: "domain-does-no-io",
      comment: "The pure layers have no clock, no driver, no framework: time, ids and randomness are arguments.",
      severity: "error",
      from: { path: inDomain, pathNot: tests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "domain-imports-no-adapter",
      comment: "Adapters depend on the domain's ports, never the other way round.",
      severity: "error",
      from: {
        path: "^packages/(event-log|contracts|registry|scheduler|season-policy|monitor|journey-modules)/",
        pathNot: tests,
      },
      to: { path: "^(packages/adapters|apps|tools)/" },
    },
    {
      name: "no-framework-outside-apps",
      comment:
        "Nest composes in the apps; a package that needs it could not be imported alone. One adapter ties it to our routes.",
      severity: "error",
      from: { path: "^(packages|tools)/", pathNot: "^packages/adapters/nest/" },
      to: { path: "node_modules/@nestjs/" },
    },
    {
      name: "adapters-know-no-event-names",
      comment: "L3 executes row operations and moves bytes; which event means what is folded in the domain.",
      severity: "error",
      from: { path: "^packages/adapters/", pathNot: tests },
      to: { path: "^packages/contracts/" },
    },
    {
      name: "one-driver-an-adapter",
      comment: "Adapters do not import each other, so any of them can be replaced alone.",
      severity: "error",
      from: { path: "^packages/adapters/(?!nest/)([^/]+)/", pathNot: tests },
      to: { path: "^packages/adapters/", pathNot: "^packages/adapters/$1/" },
    },
    {
      name: "nest-carries-http",
      comment:
        "The framework's adapter serves the routes of `http` and reports what `process` knows; it drives nothing else.",
      severity: "error",
      from: { path: "^packages/adapters/nest/" },
      to: { path: "^packages/", pathNot: "^packages/adapters/(nest|http|process)/" },
    },
    {
      name: "apps-stand-apart",
      comment: "Apps talk over the log or HTTP; a tool drives them from outside.",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^(apps|tools)/", pathNot: "^apps/$1/|^tools/test/" },
    },
    {
      name: "replay-only-reads",
      comment: "A replay must not be able to append: of the adapter it links the read-only snapshot and nothing else.",
      severity: "error",
      from: { path: "^tools/replay/src", pathNot: tests },
      to: {
        path: "^packages/adapters/|node_modules/pg/",
        pathNot: ["^packages/adapters/postgres/src/log-snapshot\\.ts$", "^packages/adapters/terminal/"],
      },
    },
    {
      name: "tools-drive-apps-from-outside",
      comment: "A tool speaks HTTP or starts processes; linking an app would make it part of it.",
      severity: "error",
      from: { path: "^tools/", pathNot: [tests, "^tools/replay/src/verify/"] },
      to: { path: "^apps/" },
    },
    {
      name: "verify-folds-what-the-app-folds",
      comment: "To rebuild an app's read models, verify needs their pure folds, and nothing else of the app.",
      severity: "error",
      from: { path: "^tools/replay/src/verify/", pathNot: tests },
      to: { path: "^apps/", pathNot: "^apps/metrics-aggregator/src/read-models/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/|\\.d\\.ts$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@wedsync/source", "import", "node", "default"],
    },
  },
};
