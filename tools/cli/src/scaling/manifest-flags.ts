// The flags of `scaling manifests`, checked before anything is written.
import { fail, ok, type Result } from "../result.js";
import type { ManifestOptions } from "./manifests.js";

/** As the command line gives them. */
export interface ManifestFlags {
  readonly namespace: string;
  readonly deployment: string;
  readonly min: string;
  readonly max: string;
  readonly slotsPerPod: string;
  readonly backlogPerPod: string;
  readonly apiUrl?: string;
  readonly secret: string;
  readonly prometheus?: string;
  readonly out?: string;
}

/** Names of Kubernetes objects (RFC 1123 label), which leaves room for the suffixes that are put behind them. */
const label = /^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$/;

const isAddress = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" && url.hash === ""
  );
};

/** The options, or the first flag that will not do. */
export function manifestOptions(flags: ManifestFlags): Result<ManifestOptions> {
  const { namespace, deployment, secret, prometheus } = flags;
  const names = { "--namespace": namespace, "--deployment": deployment, "--secret": secret };
  for (const [flag, name] of Object.entries(names)) {
    if (!label.test(name)) return fail("usage", `${flag} is no name of Kubernetes: small letters, digits and hyphens.`);
  }
  const numbers = {
    "--min": [flags.min, 0],
    "--max": [flags.max, 1],
    "--slots-per-pod": [flags.slotsPerPod, 1],
    "--backlog-per-pod": [flags.backlogPerPod, 1],
  } as const;
  for (const [flag, [text, least]] of Object.entries(numbers)) {
    if (!/^\d{1,6}$/.test(text) || Number(text) < least) {
      return fail("usage", `${flag} is a whole number from ${least} to 999999.`);
    }
  }
  if (Number(flags.min) > Number(flags.max)) return fail("usage", "--min is above --max: swap them.");
  const apiUrl = flags.apiUrl ?? `http://wedsync-api.${namespace}.svc:4600`;
  for (const [flag, address] of Object.entries({ "--api-url": apiUrl, "--prometheus": prometheus })) {
    if (address !== undefined && !isAddress(address)) {
      return fail("usage", `${flag} is no http address without user and password, such as http://wedsync-api:4600.`);
    }
  }
  return ok({
    namespace,
    deployment,
    secret,
    min: Number(flags.min),
    max: Number(flags.max),
    slotsPerPod: Number(flags.slotsPerPod),
    backlogPerPod: Number(flags.backlogPerPod),
    apiUrl: apiUrl.replace(/\/+$/, ""),
    ...(prometheus === undefined ? {} : { prometheus }),
  });
}
