// What this process needs to do its roles, as named checks. Kept up to date by their owners; reading costs nothing.

export type Check = "ok" | `waiting: ${string}` | `failed: ${string}`;

export class Readiness {
  readonly #checks = new Map<string, () => Check>();

  /** @param check what holds from now on, or what tells it when it is asked for */
  set(name: string, check: Check | (() => Check)): void {
    this.#checks.set(name, typeof check === "function" ? check : () => check);
  }

  /** Ready when every check is ok; a standby that waits for leadership sets `ok`, because it does its part. */
  report(): { readonly ok: boolean; readonly checks: Readonly<Record<string, string>> } {
    const checks = Object.fromEntries([...this.#checks].map(([name, check]) => [name, check()]));
    return { ok: Object.values(checks).every((check) => check === "ok"), checks };
  }
}
