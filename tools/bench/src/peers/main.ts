// Process entry of one peer's run.
import { createRequire } from "node:module";
import { join } from "node:path";
import { answerOnce } from "../jobs/answer.js";
import { bullOnPostgres, bullOnRedis } from "./bullmq.js";
import { dbos } from "./dbos.js";
import { graphileWorker } from "./graphile-worker.js";
import { measurePeer, type Load, type PeerRequest, type StartPeer } from "./peer.js";
import { pgBoss } from "./pg-boss.js";
import { bullStartDelay, type PeerDelayRequest } from "./start-delay.js";

const peers: Readonly<Record<string, StartPeer>> = {
  "bullmq-redis": bullOnRedis,
  "bullmq-postgres": bullOnPostgres,
  "pg-boss": pgBoss,
  "graphile-worker": graphileWorker,
  dbos,
};

answerOnce<PeerRequest | PeerDelayRequest>(async (request) => {
  const require = createRequire(join(request.folder, "package.json"));
  const load: Load = <Library>(name: string) => require(name) as Library;
  if ("backlog" in request) return await bullStartDelay(load, request);
  const start = peers[request.peer];
  if (start === undefined) throw new Error(`There is no peer ${request.peer}.`);
  const running = await start(load, request);
  return await measurePeer(running, request);
});
