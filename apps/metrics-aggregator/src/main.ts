// The metrics aggregator as a process.
import "reflect-metadata";
import { runApp } from "@wedsync/adapter-process";
import { startAggregator } from "./bootstrap.js";
import { readEnvironment } from "./config/environment.js";

await runApp("The metrics aggregator", readEnvironment(process.env), startAggregator);
