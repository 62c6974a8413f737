// The recorder as a process of its own, outside the group that a crash test kills. Ends with the test that started it.
import { startSmtpRecorder } from "./smtp-recorder.js";

const [file = "", seed = "1", minMs = "0", maxMs = "0"] = process.argv.slice(2);
const recorder = await startSmtpRecorder({
  file,
  delay: { seed: Number(seed), minMs: Number(minMs), maxMs: Number(maxMs) },
});
process.send?.({ url: recorder.url });
process.on("disconnect", () => process.exit(0));
