// Which tests name which requirement: read from the specs' text, so that the page needs no test run.
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

export interface NamedTest {
  readonly id: string;
  /** Path from the root of the repository. */
  readonly file: string;
  readonly name: string;
}

const requirementId = /\b(?:REG|SCH|SEA|MON|EMG|LOG|AGG|RPL|REL|API|SEC|OPS|TST|LIB)-\d+\b/g;
/** The first argument of `it(...)`, `it.each(...)(...)` and `describe(...)` when it is one literal. */
const title = /\b(?:it|describe)(?:\.each\((?:[^()]|\([^()]*\))*\))?\(\s*("(?:[^"\\]|\\.)*"|`[^`]*`)/g;

/** The tests of one file, one entry for each requirement that a title names. */
export function namedTests(file: string, text: string): readonly NamedTest[] {
  return [...text.matchAll(title)].flatMap(([, literal = ""]) => {
    const name = literal.slice(1, -1).replaceAll('\\"', '"').replace(/\s+/g, " ");
    return [...new Set(name.match(requirementId) ?? [])].map((id) => ({ id, file, name }));
  });
}

/** Specs, and the suites that specs run: everything below `packages`, `apps` and `tools` that may hold a test. */
export async function findTests(root: string): Promise<readonly NamedTest[]> {
  const found: NamedTest[] = [];
  for (const part of ["packages", "apps", "tools"]) {
    for (const entry of await readdir(join(root, part), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || /\/(?:node_modules|dist)\//.test(path)) continue;
      if (!path.endsWith(".spec.ts") && !/\/testing\/.*\.ts$/.test(path)) continue;
      found.push(...namedTests(relative(root, path), await readFile(path, "utf8")));
    }
  }
  return found;
}
