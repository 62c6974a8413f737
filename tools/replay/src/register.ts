// How a command joins the tree: it gets the program and the way to give a command its work.
import type { Command } from "commander";
import type { Needs, Work } from "./shell.js";

export type Register = (
  program: Command,
  tie: <Options>(command: Command, work: Work<Options>, needs?: Needs) => void,
) => void;
