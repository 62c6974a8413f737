// `wedsync scaling`: what the platform plans and wants; `scaling manifests`: what makes an autoscaler follow it.
import type { Command } from "commander";
import { stringify } from "yaml";
import type { Scaling } from "../answers.js";
import { clean, count, instant, table } from "../output.js";
import type { Act } from "../register.js";
import { fail, fieldOf, ok, type Result } from "../result.js";
import { manifestOptions, type ManifestFlags } from "../scaling/manifest-flags.js";
import { scalingManifests, type Manifest } from "../scaling/manifests.js";
import { writeFiles } from "../scaling/write-files.js";
import type { Output } from "../shell.js";

const reasonsOf = (reasons: Scaling["reasons"]): string => reasons.map(({ code }) => clean(code)).join(", ");

export const scalingText = (scaling: Scaling): string => {
  const { backlog, markets } = scaling;
  const lines = [
    `now       ${instant(scaling.now)} (${clean(scaling.mode)})`,
    `wanted    ${count(scaling.wantedSlots)} slots: ${reasonsOf(scaling.reasons)}`,
    `planned   ${count(scaling.plannedSlots)} slots`,
    `present   ${count(scaling.presentSlots)} slots`,
    `backlog   ${count(backlog.count)}, the oldest for ${count(Math.round(backlog.oldestAgeMs / 1_000))} s`,
  ];
  for (const { market, plan } of markets) {
    const steps = plan.steps.map(({ at, slots, reasons }) => [instant(at), slots, reasonsOf(reasons)]);
    lines.push("", `${clean(market)}:`, table(["from", "slots", "why"], steps));
  }
  return lines.join("\n");
};

/** File names by what is in them. */
const fileOf = ({ kind, metadata }: Manifest): string =>
  `${metadata.name}.${kind === "ScaledObject" ? "scaled-object" : "trigger-authentication"}.yaml`;

/** Renders the manifests; with `--out` into files, else as one text. */
export async function makeManifests(flags: ManifestFlags): Promise<Result<Output>> {
  const options = manifestOptions(flags);
  if (!options.ok) return options;
  const manifests = scalingManifests(options.value);
  const { namespace, secret } = options.value;
  const hint =
    `# The key, once: npx pnpm@12 wedsync keys issue --role read-only, then\n` +
    `# kubectl create secret generic ${secret} --namespace ${namespace} --from-literal=key=THE_KEY`;
  const texts = manifests.map((manifest) => stringify(manifest));
  if (flags.out === undefined) return ok({ json: { manifests }, text: `${hint}\n${texts.join("---\n")}`.trimEnd() });
  try {
    const files = manifests.map((manifest, index) => ({ name: fileOf(manifest), text: texts[index] ?? "" }));
    const written = await writeFiles(flags.out, files);
    return ok({ json: { manifests, files: written }, text: `${hint}\n${written.join("\n")}` });
  } catch (error) {
    return fail("refused", `--out cannot be written (${fieldOf(error, "code")}): name a folder of yours.`);
  }
}

/** Adds `scaling` and `scaling manifests`. `finish` prints an outcome and sets the exit code. */
export function registerScaling(
  program: Command,
  act: Act,
  finish: (command: Command, result: Result<Output>) => void,
): void {
  const scaling = program.command("scaling").description("planned and wanted worker slots, and why");
  act(scaling, async ({ client }) => {
    const answer = await client.scaling();
    return answer.ok ? ok({ json: answer.value, text: scalingText(answer.value) }) : answer;
  });
  const manifests = scaling
    .command("manifests")
    .description("KEDA manifests (ScaledObject, TriggerAuthentication) for the worker deployment")
    .option("--namespace <name>", "namespace of the deployment", "wedsync")
    .option("--deployment <name>", "the deployment that runs the workers", "wedsync-worker")
    .option("--min <number>", "fewest pods", "1")
    .option("--max <number>", "most pods", "20")
    .option("--slots-per-pod <number>", "WEDSYNC_WORKER_SLOTS of a pod", "32")
    .option("--backlog-per-pod <number>", "executions waiting for which one more pod is wanted", "1000")
    .option("--api-url <address>", "the API inside the cluster (default: http://wedsync-api.NAMESPACE.svc:4600)")
    .option("--secret <name>", "secret whose entry `key` is an API key of the role read-only", "wedsync-scaling-key")
    .option("--prometheus <address>", "read the queue from this Prometheus instead of the API")
    .option("--out <folder>", "write files into this folder instead of standard output");
  manifests.action(async () => finish(manifests, await makeManifests(manifests.optsWithGlobals<ManifestFlags>())));
}
