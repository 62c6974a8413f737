// Resident memory of a process, from Linux's /proc.
import { readFile } from "node:fs/promises";

const mebibyte = 1_024;

/** MiB now and at most so far. @throws where there is no /proc */
export async function memoryOf(pid: number): Promise<{ readonly now: number; readonly peak: number }> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => {
    throw new Error("memory of a process is read from /proc, which is not here or the process has ended");
  });
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1]) / mebibyte;
  const memory = { now: field("VmRSS"), peak: field("VmHWM") };
  // A process that has just ended is listed for a moment, without any memory.
  if (Number.isNaN(memory.peak)) throw new Error("the process has ended");
  return memory;
}

/** Looks at a process until it ends; the highest memory seen, MiB. */
export async function peakUntil(pid: number, ended: Promise<unknown>): Promise<number> {
  let peak = 0;
  const look = async (): Promise<void> => {
    peak = await memoryOf(pid).then(
      (memory) => Math.max(peak, memory.peak),
      () => peak,
    );
  };
  const timer = setInterval(() => void look(), 50);
  await ended.catch(() => undefined);
  clearInterval(timer);
  return peak;
}
