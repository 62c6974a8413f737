// Records switches in the log, once each, also when the process died between the switch and its event.
import { v5, v7 } from "uuid";
import type { Generation, Generations, LimitedAppend } from "@wedsync/adapter-postgres";
import { createCodec } from "@wedsync/contracts";
import { platformEvents } from "@wedsync/contracts/platform";

const codec = createCodec(platformEvents);
const namespace = "2f3a8d6c-1b70-5e52-9b4e-7f0a9c1e5d0b";

export interface SwitchRecordOptions {
  readonly append: LimitedAppend;
  readonly generations: Generations;
  readonly region: string;
}

/** The event's stream is named after the request that led to the generation: a repeated record finds it there. */
export async function recordSwitch(
  { append, generations, region }: SwitchRecordOptions,
  entry: Generation,
): Promise<"recorded" | "fenced"> {
  const { model, modelVersion, generation, replaced, correlationId, requestedBy } = entry;
  if (replaced !== undefined) {
    const encoded = codec.encode({
      type: "ProjectionSwitched",
      data: { model, modelVersion, generation, replaced },
    });
    const outcome = await append.append(
      "platform",
      v5(`${model}/${generation}/${correlationId}`, namespace),
      { id: v7(), ...encoded },
      { source: "/metrics-aggregator", time: Date.now(), correlationId, actor: requestedBy, region },
    );
    if (outcome === "fenced") return "fenced";
  }
  await generations.markNoted(model, generation);
  return "recorded";
}
