// What the command lines use to be programs.
export { newProgram, runProgram } from "./program.js";
export { startProgress, type Progress } from "./progress.js";
export { processShell, type Shell } from "./shell.js";
