// The orchestrator as a process.
import "reflect-metadata";
import { runApp } from "@wedsync/adapter-process";
import { startOrchestrator } from "./bootstrap.js";
import { readEnvironment } from "./config/environment.js";

await runApp("The orchestrator", readEnvironment(process.env), startOrchestrator);
