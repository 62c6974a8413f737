// The page of requirements as Markdown: what each one asks for, and the tests that name it.
import type { NamedTest } from "./find-tests.js";

const chapters: Readonly<Record<string, string>> = {
  REG: "Module registry",
  SCH: "Scheduling and execution",
  SEA: "Season policy",
  MON: "Monitoring",
  EMG: "Emergencies",
  LOG: "Event log",
  AGG: "Read models",
  RPL: "Replay",
  REL: "Service levels",
  API: "API",
  SEC: "Security",
  OPS: "Operation",
  TST: "Tests",
  LIB: "Libraries",
};

const chapterOf = (id: string): string => id.slice(0, id.indexOf("-"));

/** @throws Error naming ids in test names that are no requirement: a slip of the pen would look like a proof. */
export function requirementsPage(wording: Readonly<Record<string, string>>, tests: readonly NamedTest[]): string {
  const unknown = tests.filter(({ id }) => !Object.hasOwn(wording, id));
  if (unknown.length > 0) {
    const list = unknown.map(({ id, file }) => `${id} in ${file}`).join(", ");
    throw new Error(`No such requirement: ${list}. Correct the test's name or add the id to docs/requirements.json.`);
  }
  const ids = Object.keys(wording);
  const proven = ids.filter((id) => tests.some((test) => test.id === id)).length;
  const sections = [...new Set(ids.map(chapterOf))].flatMap((chapter) => [
    `## ${chapters[chapter] ?? chapter}`,
    ...ids.filter((id) => chapterOf(id) === chapter).map((id) => section(id, wording[id] ?? "", tests)),
  ]);
  return `${[
    "# Requirements and the tests that name them",
    "Generated from `docs/requirements.json` and the names of the tests; `npx pnpm@12 generate` writes it anew.",
    `${proven} of ${ids.length} requirements are named by a test. A name says what a test is about, not that it proves the whole line.`,
    ...sections,
  ].join("\n\n")}\n`;
}

function section(id: string, wording: string, tests: readonly NamedTest[]): string {
  const own = tests.filter((test) => test.id === id);
  const files = [...new Set(own.map(({ file }) => file))].toSorted();
  const lines = files.map((file) => {
    const names = own.filter((test) => test.file === file).map(({ name }) => `  - ${escaped(name)}`);
    return [`- \`${file}\``, ...names].join("\n");
  });
  return [`### ${id}`, wording, lines.length === 0 ? "No test names it." : lines.join("\n")].join("\n\n");
}

const escaped = (name: string): string => name.replace(/[\\`*_<>[\]|$]/g, (character) => `\\${character}`);
