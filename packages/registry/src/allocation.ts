// What one execution may use, by module and vendor type (REG-6). The factors are data of the definition.
import type { ModuleDefinition } from "@wedsync/contracts/registry";

export interface Allocation {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly networkKiBps: number;
}

/** The definition's resources times the factors of the vendor type, rounded up; a type without a profile gets them as they are. */
export function allocationFor(
  definition: Pick<ModuleDefinition, "resources" | "vendorProfiles">,
  vendorType: string,
): Allocation {
  const { resources, vendorProfiles } = definition;
  const profile = Object.hasOwn(vendorProfiles, vendorType) ? vendorProfiles[vendorType] : undefined;
  if (profile === undefined) return { ...resources };
  return {
    cpuMillis: Math.ceil(resources.cpuMillis * profile.cpu),
    memoryMiB: Math.ceil(resources.memoryMiB * profile.memory),
    networkKiBps: Math.ceil(resources.networkKiBps * profile.network),
  };
}
