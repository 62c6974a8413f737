// RFC 9457 problem details: the only place where an error becomes an HTTP status.

export interface Problem {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  /** One sentence, for people. Never a value from the request. */
  readonly detail: string;
  /** JSON pointer of the offending part of the request. */
  readonly path?: string;
  readonly retryAfterSeconds?: number;
  /** Further headers of the answer, such as `allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further typed context: names and numbers only. */
  readonly context?: Readonly<Record<string, unknown>>;
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not authenticated",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "Too slow",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  422: "Not acceptable",
  429: "Too many requests",
  431: "Headers too large",
  500: "Internal error",
  503: "Unavailable",
};

/** Thrown by handlers and guards; the filter turns it into the answer. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

export function problem(status: number, code: string, detail: string, more: Partial<Problem> = {}): ProblemError {
  return new ProblemError({ status, code, detail, ...more });
}

/** The body of `application/problem+json`. */
export function problemBody({ status, code, detail, path, context }: Problem): Readonly<Record<string, unknown>> {
  return {
    type: `urn:wedsync:problem:${code}`,
    title: titles[status] ?? "Error",
    status,
    code,
    detail,
    ...(path === undefined ? {} : { path }),
    ...context,
  };
}

/** The headers that go with it. */
export function problemHeaders({ retryAfterSeconds, headers }: Problem): Readonly<Record<string, string>> {
  return { ...headers, ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }) };
}
