// A run as one or two calls of jest: measuring coverage makes every line of a process slower, so only the tests of the
// packages are measured; the apps and tools, which mostly wait for processes of their own, run after them unmeasured.
import type { RunOptions } from "./options.js";

export interface Pass {
  /** Patterns of spec files; none: all. Those that begin with `./` count from the root. */
  readonly files: readonly string[];
  readonly coverage: boolean;
}

/** The passes of a run, in their order. Files that are named run in one pass, measured if asked for. */
export function passesOf({ files, coverage, sharedData }: RunOptions): readonly Pass[] {
  if (!coverage || files.length > 0 || sharedData !== undefined) return [{ files, coverage }];
  return [
    { files: ["./packages/"], coverage },
    { files: ["./(apps|tools)/"], coverage: false },
  ];
}
