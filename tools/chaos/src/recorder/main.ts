// The recorder as a process of its own, in a session of its own: no fault of a run ever meets it. Ends with the run.
import { startRecorder } from "./recorder.js";

const [file = "", seed = "0", secret = "", minDelayMs = "0", maxDelayMs = "0"] = process.argv.slice(2);
const url = await startRecorder({
  file,
  seed: Number(seed),
  secret,
  minDelayMs: Number(minDelayMs),
  maxDelayMs: Number(maxDelayMs),
});
process.send?.({ url });
process.on("disconnect", () => process.exit(0));
