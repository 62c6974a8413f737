// The body as a stream that knows when it is first asked for: nodemailer reads it only after the server has said "go on",
// so this is the last moment at which nothing has been sent.
import { Readable } from "node:stream";

/**
 * @param begin awaited before the first byte; when it rejects, the stream fails and not a byte is sent.
 * @param began called when the first byte is handed over.
 */
export function messageBody(bytes: Buffer, begin: () => void | Promise<void>, began: () => void): Readable {
  let asked = false;
  return new Readable({
    highWaterMark: 64 * 1024,
    read() {
      if (asked) return;
      asked = true;
      Promise.resolve()
        .then(begin)
        .then(
          () => {
            if (this.destroyed) return;
            began();
            this.push(bytes);
            this.push(null);
          },
          (error: unknown) => this.destroy(error instanceof Error ? error : new Error("The body was refused.")),
        );
    },
  });
}
