// Every id that concerns one machine, in the order of the report.
import type { BenchCase } from "../case.js";
import { apiCase } from "./api.js";
import { appendCase } from "./append.js";
import { decideCase } from "./decide.js";
import { foldCase } from "./fold.js";
import { memoryCase } from "./memory.js";
import { startCase } from "./start.js";
import { startDelayCase } from "./start-delay.js";
import { throughputCase } from "./throughput.js";

export const allCases: readonly BenchCase[] = [
  throughputCase,
  startDelayCase,
  apiCase,
  appendCase,
  foldCase,
  decideCase,
  startCase,
  memoryCase,
];
