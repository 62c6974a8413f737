// The thread of `simulate backtest`.
import { answerAside } from "../aside.js";
import { backtest } from "./backtest.js";

await answerAside(backtest);
