// KEDA manifests for the worker deployment, as plain objects. Two triggers, and KEDA follows the higher: the capacity that the
// platform wants (the forecast is a floor in it), and the queue itself, so that a wrong forecast never starves the queue.

export interface ManifestOptions {
  readonly namespace: string;
  /** Name of the Deployment that runs the workers. */
  readonly deployment: string;
  /** Fewest and most pods. */
  readonly min: number;
  readonly max: number;
  /** `WEDSYNC_WORKER_SLOTS` of a pod. */
  readonly slotsPerPod: number;
  /** Executions that are due and not started for which one more pod is wanted. */
  readonly backlogPerPod: number;
  /** Address of the API inside the cluster, without a slash at its end. */
  readonly apiUrl: string;
  /** Name of the Secret whose entry `key` is an API key of the role read-only. */
  readonly secret: string;
  /** Address of Prometheus; when absent the queue is read from the API as well. */
  readonly prometheus?: string;
}

export interface Manifest {
  readonly apiVersion: "keda.sh/v1alpha1";
  readonly kind: "ScaledObject" | "TriggerAuthentication";
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** KEDA asks this often; the platform looks at its queue as often. */
const pollingSeconds = 5;
/** A pod that was needed lately stays: queues come back. */
const scaleDownSeconds = 300;
const failuresUntilFallback = 3;

/** The manifests, in the order in which they are applied. */
export function scalingManifests(options: ManifestOptions): readonly Manifest[] {
  const { namespace, deployment, min, max, secret } = options;
  const authentication = `${deployment}-scaling`;
  return [
    {
      apiVersion: "keda.sh/v1alpha1",
      kind: "TriggerAuthentication",
      metadata: { name: authentication, namespace },
      spec: { secretTargetRef: [{ parameter: "token", name: secret, key: "key" }] },
    },
    {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name: deployment, namespace },
      spec: {
        scaleTargetRef: { name: deployment },
        pollingInterval: pollingSeconds,
        cooldownPeriod: scaleDownSeconds,
        minReplicaCount: min,
        maxReplicaCount: max,
        // While the numbers cannot be read, what runs keeps running.
        fallback: {
          failureThreshold: failuresUntilFallback,
          replicas: Math.max(min, 1),
          behavior: "currentReplicasIfHigher",
        },
        advanced: {
          horizontalPodAutoscalerConfig: {
            behavior: { scaleDown: { stabilizationWindowSeconds: scaleDownSeconds } },
          },
        },
        triggers: [wantedTrigger(options, authentication), lagTrigger(options, authentication)],
      },
    },
  ];
}

const wantedTrigger = (options: ManifestOptions, authentication: string) =>
  metricsApi("wanted-capacity", options, "wantedSlots", options.slotsPerPod, authentication);

function lagTrigger(options: ManifestOptions, authentication: string): Readonly<Record<string, unknown>> {
  const { prometheus, backlogPerPod } = options;
  if (prometheus === undefined) {
    return metricsApi("queue-length", options, "backlog", backlogPerPod, authentication);
  }
  return {
    type: "prometheus",
    name: "queue-length",
    metadata: {
      serverAddress: prometheus,
      // Every process that watches the queue tells the same number.
      query: "max(sum by (instance) (wedsync_backlog_executions))",
      threshold: String(backlogPerPod),
    },
  };
}

const metricsApi = (
  name: string,
  { apiUrl }: ManifestOptions,
  valueLocation: string,
  perPod: number,
  authentication: string,
): Readonly<Record<string, unknown>> => ({
  type: "metrics-api",
  name,
  metadata: {
    url: `${apiUrl}/v1/scaling/keda`,
    format: "json",
    valueLocation,
    targetValue: String(perPod),
    authMode: "bearer",
  },
  authenticationRef: { name: authentication },
});
