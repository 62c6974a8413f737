// How a group of commands joins the tree: it gets the program and the way to give a command its work.
import type { Command } from "commander";
import type { Work } from "./shell.js";

/** Gives a command its work; the shell, the connection and the exit code are already tied in. */
export type Act = <Options = object>(command: Command, work: Work<Options>) => void;

export type Register = (program: Command, act: Act) => void;
