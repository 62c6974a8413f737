// Runs one of the server's programs to its end and keeps what it said.
import { spawn } from "node:child_process";
import type { ServerUser } from "./server-user.js";

export function runProgram(
  program: string,
  args: readonly string[],
  user: ServerUser | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: "/",
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", (error) => resolve({ code: -1, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}
