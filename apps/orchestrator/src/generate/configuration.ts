// The orchestrator's section of docs/reference/configuration.md.
import type { ConfigurationSection } from "@wedsync/adapter-process";
import { roles, variables } from "../config/environment.js";

export const configurationSection: ConfigurationSection = {
  title: "The orchestrator",
  source: "apps/orchestrator/src/config/environment.ts",
  variables,
  notes: `Roles: ${roles.map((role) => `\`${role}\``).join(", ")}.`,
};
