import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { exampleFor, explainIssues } from './explainIssues';
import { costGate } from './costGate';
import { readSloSettings } from './readSloSettings';
import { kubernetesPluginCluster } from './kubernetesPluginCluster';
import type {
  AiMeshSettings,
  AuthSettings,
  ClusterSettings,
  KubernetesSettings,
  PrometheusSettings,
  TracingSettings,
} from './settings';
import { ParsedSettings, settingsSchema } from './settingsSchema';

type ParsedCluster = ParsedSettings['clusters'][number];

/** How to configure a first cluster, for a log where there is none. */
export const howToConfigure = `AI Mesh has no cluster to read: aiMesh.clusters is not configured. It is written like this:\n${exampleFor(
  [],
)}`;

/**
 * Reads `aiMesh` from the configuration. Without it there are no clusters.
 *
 * @throws InputError that names each wrong key in full and shows right ones; it holds no value
 */
export function readSettings(rootConfig: Config): AiMeshSettings {
  const parsed = settingsSchema.safeParse(
    rootConfig.getOptional('aiMesh') ?? {},
  );
  if (!parsed.success) {
    throw new InputError(explainIssues(settingsSchema, parsed.error.issues));
  }
  const {
    canary,
    security,
    ownership,
    fleet,
    limits,
    neighbours,
    facts,
    scorecard,
    gitOps,
    fixes,
    notifications,
  } = parsed.data;
  const slo = readSloSettings(parsed.data.slo);
  return {
    canary: {
      requesterMayApprove: canary.requesterMayApprove,
      requestExpiryMs: canary.requestExpiry,
      approvers: canary.approvers,
      history: {
        keepForMs: canary.history.keepFor,
        most: canary.history.most,
      },
      defaults: canary.plan,
      ...(canary.presets && { presets: canary.presets }),
      gates: withCost(canary.gates, slo.prices),
      webhooks: canary.webhooks,
    },
    ownership: {
      ...ownership,
      namespaces: ownership.namespaces.map(({ owner, ...entry }) => ({
        ...entry,
        owners: owner,
      })),
    },
    fleet,
    limits,
    neighbours,
    facts: {
      periodMs: facts.period,
      keepChangesMs: facts.history.changes,
      keepDaysMs: facts.history.days,
    },
    scorecard,
    gitOps,
    fixes: { periodMs: fixes.period },
    notifications,
    security: { lookBackMs: security.lookBack },
    slo,
    clusters: parsed.data.clusters.map((cluster, index) =>
      clusterSettings(
        cluster,
        kubernetesSettings(cluster, rootConfig, `aiMesh.clusters[${index}]`),
      ),
    ),
  };
}

/** The price table makes one more gate that is built in. */
function withCost(
  gates: ParsedSettings['canary']['gates'],
  prices: AiMeshSettings['slo']['prices'],
): AiMeshSettings['canary']['gates'] {
  const cost = costGate(prices, new Date());
  return cost && gates.every(({ name }) => name !== cost.name)
    ? [...gates, cost]
    : gates;
}

function clusterSettings(
  cluster: ParsedCluster,
  kubernetes: KubernetesSettings,
): ClusterSettings {
  const { kiali, prometheus, tracing } = cluster;
  return {
    name: cluster.name,
    kubernetes,
    allowWrites: cluster.allowWrites,
    watch: cluster.watch,
    rootNamespace: cluster.rootNamespace,
    clusterDomain: cluster.clusterDomain,
    istioCluster: cluster.istioCluster,
    autoMtls: cluster.autoMtls,
    prometheus: prometheus && prometheusSettings(prometheus),
    scrapeIntervalMs: prometheus?.scrapeInterval,
    settleMs: prometheus?.settleTime,
    kiali: kiali && {
      url: kiali.url,
      token: kiali.token,
      tls: kiali.tls,
      queue: kiali.queue,
      timeoutMs: kiali.timeout,
    },
    tracing: tracing && tracingSettings(tracing),
    links: cluster.links,
  };
}

function kubernetesSettings(
  { name, kubernetes }: ParsedCluster,
  rootConfig: Config,
  key: string,
): KubernetesSettings {
  if (kubernetes.inCluster) {
    return { from: 'in-cluster' };
  }
  if (kubernetes.kubeconfig) {
    return { from: 'kubeconfig', ...kubernetes.kubeconfig };
  }
  if (kubernetes.url === undefined) {
    return kubernetesPluginCluster(rootConfig, name, `${key}.kubernetes`);
  }
  return {
    from: 'url',
    url: kubernetes.url,
    serviceAccountToken: kubernetes.serviceAccountToken,
    tls: {
      caData: kubernetes.caData,
      caFile: kubernetes.caFile,
      skipVerify: kubernetes.skipTLSVerify ?? false,
    },
  };
}

function prometheusSettings({
  auth,
  timeout,
  cacheTtl,
  scrapeInterval: _,
  settleTime: __,
  ...rest
}: NonNullable<ParsedCluster['prometheus']>): PrometheusSettings {
  return {
    ...rest,
    auth: authSettings(auth),
    timeoutMs: timeout,
    cacheTtlMs: cacheTtl,
  };
}

function tracingSettings({
  auth,
  timeout,
  cacheTtl,
  ...rest
}: NonNullable<ParsedCluster['tracing']>): TracingSettings {
  return {
    ...rest,
    auth: authSettings(auth),
    timeoutMs: timeout,
    cacheTtlMs: cacheTtl,
  };
}

function authSettings(
  auth: NonNullable<ParsedCluster['prometheus']>['auth'],
): AuthSettings {
  if (auth?.bearerToken) {
    return { type: 'bearer', token: auth.bearerToken };
  }
  return auth?.basic ? { type: 'basic', ...auth.basic } : { type: 'none' };
}
