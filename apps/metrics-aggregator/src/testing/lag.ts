// How tests wait for read models.
import { type ApiClient, until } from "@wedsync/test";

export interface GenerationLag {
  readonly generation: number;
  readonly status: string;
  readonly state: string;
  readonly position: string;
  readonly head: string;
  readonly eventsBehind: number;
  readonly parkedStreams: number;
  readonly aheadOfLog: boolean;
}

/** The generations of one read model. */
export async function generationsOf(api: ApiClient, model: string): Promise<readonly GenerationLag[]> {
  const { body } = await api.call<{ items: { name: string; generations: GenerationLag[] }[] }>(
    "GET",
    "/v1/read-models",
  );
  return body.items.find((item) => item.name === model)?.generations ?? [];
}

/** Until the model's generations are as the test says. */
export const untilGenerations = async (
  api: ApiClient,
  model: string,
  holds: (generations: readonly GenerationLag[]) => boolean,
): Promise<readonly GenerationLag[]> => await until(async () => await generationsOf(api, model), holds);

/** Until queries use this generation and it has read everything. */
export const untilActive = async (api: ApiClient, model: string, generation: number) =>
  await untilGenerations(api, model, (all) =>
    all.some((one) => one.generation === generation && one.status === "active" && one.eventsBehind === 0),
  );
