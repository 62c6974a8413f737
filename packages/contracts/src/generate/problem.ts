// What is wrong with the contracts, as data. A message names the event, the version and what to do.
export interface Problem {
  readonly code:
    | "type_twice"
    | "upcasters_incomplete"
    | "version_missing"
    | "file_unreadable"
    | "schema_changed"
    | "golden_changed"
    | "release_removed"
    | "frozen_file_unreadable"
    | "golden_refused"
    | "upcaster_failed"
    | "upcaster_impure"
    | "upcaster_refused";
  /** Absent when the problem is a file's. */
  readonly type?: string;
  readonly version?: number;
  readonly message: string;
}

/** Where the steps are written down; ends most messages. */
export const seeReadme = 'see "A new version of an event" in packages/contracts/README.md';
