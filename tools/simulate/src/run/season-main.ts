// The thread of `simulate run`.
import { answerAside } from "../aside.js";
import { runSeasonFile } from "./season-run.js";

await answerAside(runSeasonFile);
