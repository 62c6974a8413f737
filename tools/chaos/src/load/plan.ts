// What the clients of a run will ask for, in order, drawn from the seed before it begins.
import { createHash } from "node:crypto";
import { effectKinds, moduleTypeOf } from "../evidence/rows.js";
import type { Random } from "../random.js";
import { isDoomed, type Wedding } from "./season.js";

export interface Request {
  readonly vendor: string;
  readonly key: string;
  readonly wedding: string;
  readonly moduleType: string;
  readonly payload: { readonly n: number };
  /** Seconds after it is asked for, when it is not for now. */
  readonly inSeconds?: number;
  /** Days from the wedding: work that a move carries along. */
  readonly day?: number;
}

export type Step =
  | { readonly kind: "single"; readonly request: Request }
  | { readonly kind: "bulk"; readonly vendor: string; readonly requests: readonly Request[] }
  /** Cancels an execution that was accepted before. */
  | { readonly kind: "cancel"; readonly request: Request }
  | { readonly kind: "move"; readonly wedding: Wedding; readonly inDays: number }
  | { readonly kind: "cancel-wedding"; readonly wedding: Wedding }
  | { readonly kind: "hold"; readonly scope: string; readonly forMs: number };

/** Digest of what is asked for under a key. */
export const bodyDigest = ({ vendor: _vendor, key: _key, ...body }: Request): string =>
  createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 16);

/** Steps that ask for `executions` different executions, with repetitions and interference in between. */
export function planLoad(executions: number, weddings: readonly Wedding[], random: Random): readonly Step[] {
  const steps: Step[] = [];
  const asked: Request[] = [];
  const vendors = [...new Set(weddings.map((wedding) => wedding.vendor))];
  const requestOf = (vendor: string): Request => {
    const { wedding, inDays } = random.pick(weddings.filter((found) => found.vendor === vendor));
    const isFar = inDays >= 40 && random.chance(0.15);
    const request: Request = {
      vendor,
      key: `key-${asked.length}`,
      wedding,
      moduleType: moduleTypeOf(random.pick(effectKinds)),
      payload: { n: random.int(0, 1_000_000) },
      ...(isFar ? { day: -3 } : random.chance(0.1) ? { inSeconds: random.int(1, 6) } : {}),
    };
    asked.push(request);
    return request;
  };
  const repetition = (): Request => {
    const again = random.pick(asked);
    return random.chance(0.2) ? { ...again, payload: { n: again.payload.n + 1 } } : again;
  };
  while (asked.length < executions) {
    const vendor = random.pick(vendors);
    if (random.chance(0.6)) steps.push({ kind: "single", request: requestOf(vendor) });
    else {
      const size = Math.min(random.int(2, 40), executions - asked.length);
      const requests = Array.from({ length: size }, () => requestOf(vendor));
      const again = repetition();
      steps.push({ kind: "bulk", vendor, requests: again.vendor === vendor ? [...requests, again] : requests });
    }
    steps.push(...interference(random, weddings, vendors, asked, repetition));
  }
  return steps;
}

function interference(
  random: Random,
  weddings: readonly Wedding[],
  vendors: readonly string[],
  asked: readonly Request[],
  repetition: () => Request,
): readonly Step[] {
  const steps: Step[] = [];
  if (random.chance(0.3)) steps.push({ kind: "single", request: repetition() });
  if (random.chance(0.15)) steps.push({ kind: "cancel", request: random.pick(asked.slice(-60)) });
  if (random.chance(0.05)) {
    const wedding = random.pick(weddings.filter((found) => !isDoomed(found)));
    // A wedding near its day stays near it, so that its work stays urgent.
    steps.push({ kind: "move", wedding, inDays: wedding.inDays + random.int(0, wedding.inDays < 10 ? 1 : 20) });
  }
  if (random.chance(0.05)) steps.push({ kind: "cancel-wedding", wedding: random.pick(weddings.filter(isDoomed)) });
  if (random.chance(0.1)) {
    const { vendor, wedding } = random.pick(weddings);
    const scopes = [
      `vendor:${random.pick(vendors)}`,
      `wedding:${vendor}/${wedding}`,
      `module:${moduleTypeOf(random.pick(effectKinds))}`,
      "tier:low",
      "market:europe",
    ];
    steps.push({ kind: "hold", scope: random.pick(scopes), forMs: random.int(200, 1_200) });
  }
  return steps;
}
