// The child's side of `runJob`: one request, one answer, then the process ends, whatever its libraries still hold open.

export function answerOnce<Request>(work: (request: Request) => Promise<unknown>): void {
  const answer = (message: object): void => {
    process.send?.(message, () => process.exit());
  };
  process.once("message", (message) => {
    work(message as Request).then(
      (value) => answer({ ok: true, value }),
      (error: unknown) => answer({ ok: false, message: error instanceof Error ? error.message : String(error) }),
    );
  });
  // The parent is gone: nobody waits for the report.
  process.on("disconnect", () => process.exit());
}
