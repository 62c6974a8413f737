// Which code a definition needs, as one string, so that a build can say what it has as a set.
import type { ModuleDefinition } from "@wedsync/contracts/registry";

/** `email` for a built-in one, `http` for a signed call, `worker:<capability>` for a worker that announced it. */
export function handlerName(handler: ModuleDefinition["handler"]): string {
  switch (handler.kind) {
    case "builtin":
      return handler.name;
    case "http":
      return "http";
    case "worker":
      return `worker:${handler.capability}`;
  }
}
