// DBOS: a workflow a job, started directly (its queue is slower), its result awaited.
import { payload, type Load, type PeerRequest, type RunningPeer } from "./peer.js";

interface DbosLibrary {
  readonly DBOS: {
    setConfig(config: object): void;
    registerWorkflow<Input>(work: (input: Input) => Promise<void>, options: object): (input: Input) => Promise<void>;
    launch(): Promise<void>;
    startWorkflow<Input>(
      workflow: (input: Input) => Promise<void>,
    ): (input: Input) => Promise<{ getResult(): Promise<void> }>;
    shutdown(): Promise<void>;
  };
}

export const dbos = async (load: Load, { databaseUrl, concurrency }: PeerRequest): Promise<RunningPeer> => {
  const { DBOS } = load<DbosLibrary>("@dbos-inc/dbos-sdk");
  DBOS.setConfig({
    name: "bench",
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: concurrency,
    logLevel: "error",
    runAdminServer: false,
  });
  const workflow = DBOS.registerWorkflow((_input: object) => Promise.resolve(), { name: "noop" });
  await DBOS.launch();
  let done = 0;
  return {
    add: async () => {
      const handle = await DBOS.startWorkflow(workflow)(payload);
      void handle.getResult().then(() => (done += 1));
    },
    done: () => done,
    close: async () => await DBOS.shutdown(),
  };
};
