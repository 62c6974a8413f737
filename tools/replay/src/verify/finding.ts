// What a verification found. Each check keeps the first findings and counts the rest.

export interface Finding {
  readonly code: string;
  readonly message: string;
  /** Position of the log, where there is one. */
  readonly position?: string;
}

const shown = 20;

export class Check {
  readonly name: string;
  readonly findings: Finding[] = [];
  count = 0;
  /** What was looked at, in words. */
  summary = "";

  constructor(name: string) {
    this.name = name;
  }

  get ok(): boolean {
    return this.count === 0;
  }

  add(code: string, message: string, position?: bigint): void {
    this.count += 1;
    if (this.findings.length < shown)
      this.findings.push({ code, message, ...(position === undefined ? {} : { position: position.toString() }) });
  }
}
