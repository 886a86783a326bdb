import type {
  BreakerSettings,
  ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Field } from './Field';

/** The parts of a traffic policy that are inherited or replaced as a whole. */
interface Policy {
  connectionPool: Field;
  outlierDetection: Field;
  loadBalancer: Field;
  tls: Field;
}

const PARTS = [
  'connectionPool',
  'outlierDetection',
  'loadBalancer',
  'tls',
] as const;

/**
 * The settings of a DestinationRule's own policy and those of its ports. A port's policy inherits nothing: what it
 * leaves out has Istio's default, not the rule's value.
 */
export function policySettings(
  trafficPolicy: Field,
  object: ObjectRef,
): BreakerSettings[] {
  return [
    ...(says(readPolicy(trafficPolicy))
      ? [settings(readPolicy(trafficPolicy), object)]
      : []),
    ...ports(trafficPolicy, object),
  ];
}

/**
 * What holds for a subset: each part that its policy names replaces the rule's part as a whole, also where it names
 * fewer limits. A subset without a policy has no settings of its own.
 */
export function subsetSettings(
  subset: Field,
  rulePolicy: Field,
  object: ObjectRef,
): BreakerSettings[] {
  const name = subset.at('name').text();
  const own = subset.at('trafficPolicy');
  if (name === undefined || !own.present) {
    return [];
  }
  const rule = readPolicy(rulePolicy);
  const policy = readPolicy(own);
  const merged = Object.fromEntries(
    PARTS.map(part => [part, policy[part].present ? policy[part] : rule[part]]),
  ) as unknown as Policy;
  return [
    ...(says(policy) ? [{ ...settings(merged, object), subset: name }] : []),
    ...ports(own, object).map(port => ({
      ...port,
      subset: `${name}, ${port.subset}`,
    })),
  ];
}

function ports(trafficPolicy: Field, object: ObjectRef): BreakerSettings[] {
  return trafficPolicy
    .at('portLevelSettings')
    .list()
    .flatMap(port => {
      const number = port.at('port').at('number').integer();
      return number === undefined
        ? []
        : [
            {
              ...settings(readPolicy(port), object),
              subset: `port ${number}`,
            },
          ];
    });
}

function readPolicy(field: Field): Policy {
  return {
    connectionPool: field.at('connectionPool'),
    outlierDetection: field.at('outlierDetection'),
    loadBalancer: field.at('loadBalancer'),
    tls: field.at('tls'),
  };
}

function says(policy: Policy): boolean {
  return PARTS.some(part => policy[part].present);
}

function settings(policy: Policy, object: ObjectRef): BreakerSettings {
  const tcp = policy.connectionPool.at('tcp');
  const http = policy.connectionPool.at('http');
  const outlier = policy.outlierDetection;
  return withoutAbsent({
    object,
    connectionPool: withoutAbsent({
      maxConnections: tcp.at('maxConnections').integer(),
      connectTimeoutMs: tcp.at('connectTimeout').durationMs(),
      http1MaxPendingRequests: http.at('http1MaxPendingRequests').integer(),
      http2MaxRequests: http.at('http2MaxRequests').integer(),
      maxRequestsPerConnection: http.at('maxRequestsPerConnection').integer(),
      maxRetries: http.at('maxRetries').integer(),
      idleTimeoutMs:
        http.at('idleTimeout').durationMs() ??
        tcp.at('idleTimeout').durationMs(),
    }),
    outlierDetection: outlier.present
      ? withoutAbsent({
          // `consecutiveErrors` is the older name of the gateway errors.
          consecutive5xxErrors: outlier.at('consecutive5xxErrors').integer(),
          consecutiveGatewayErrors:
            outlier.at('consecutiveGatewayErrors').integer() ??
            outlier.at('consecutiveErrors').integer(),
          consecutiveLocalOriginFailures: outlier
            .at('consecutiveLocalOriginFailures')
            .integer(),
          intervalMs: outlier.at('interval').durationMs(),
          baseEjectionTimeMs: outlier.at('baseEjectionTime').durationMs(),
          maxEjectionPercent: outlier.at('maxEjectionPercent').number(),
          minHealthPercent: outlier.at('minHealthPercent').number(),
        })
      : undefined,
    loadBalancer: loadBalancer(policy.loadBalancer),
    tlsMode: policy.tls.at('mode').text(),
  });
}

function loadBalancer(field: Field): string | undefined {
  const simple = field.at('simple').text();
  if (simple !== undefined) {
    return simple;
  }
  const [key] = field.at('consistentHash').entries();
  return key ? `consistentHash: ${key[0]}` : undefined;
}

function withoutAbsent<T extends object>(object: T): T {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  ) as T;
}
