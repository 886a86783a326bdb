import type {
  Badge,
  BreakerSettings,
  ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { formatDuration, type EffectiveRule } from '../routes';
import { limitsSomething } from '../telemetry';

/** What the mesh's objects do to requests to a service, each kind of setting once, in Istio's own terms: they read alike in every language. */
export function badgesOf(routes: {
  rules: readonly EffectiveRule[];
  breakers: readonly BreakerSettings[] | undefined;
}): Badge[] {
  const rules = routes.rules.filter(rule => rule.reachable);
  const ofRules = (
    kind: Badge['kind'],
    detailOf: (rule: EffectiveRule) => string | undefined,
  ) =>
    badge(
      kind,
      rules.map(rule => ({ object: rule.object, detail: detailOf(rule) })),
    );
  return [
    badge(
      'circuit-breaker',
      (routes.breakers ?? []).map(breaker => ({
        object: breaker.object,
        detail: limitsSomething(breaker) ? breakerDetail(breaker) : undefined,
      })),
    ),
    ofRules('timeout', ({ timeoutMs }) =>
      timeoutMs === null ? undefined : formatDuration(timeoutMs),
    ),
    ofRules('retries', retriesDetail),
    ofRules('fault', faultDetail),
    ofRules('mirror', ({ mirrors }) =>
      mirrors
        .map(
          ({ host, subset, percent }) =>
            `${percent}% → ${subset ?? shortName(host)}`,
        )
        .join(', '),
    ),
    ofRules('split', ({ destinations }) =>
      destinations.filter(({ weightPercent }) => weightPercent > 0).length > 1
        ? destinations
            .map(({ host, subset, weightPercent }) =>
              shareOf({ host, subset, percent: weightPercent }),
            )
            .join(' / ')
        : undefined,
    ),
  ].flatMap(found => found ?? []);
}

function badge(
  kind: Badge['kind'],
  settings: { object: ObjectRef; detail: string | undefined }[],
): Badge | undefined {
  const present = settings.filter(({ detail }) => detail);
  if (present.length === 0) {
    return undefined;
  }
  const objects = new Map(
    present.map(({ object }) => [JSON.stringify(object), object]),
  );
  return {
    kind,
    detail: [...new Set(present.map(({ detail }) => detail))].join('; '),
    objects: [...objects.values()],
  };
}

function retriesDetail({ retries }: EffectiveRule): string | undefined {
  if (!retries || retries.source === 'mesh-default' || retries.attempts === 0) {
    return undefined;
  }
  const perTry =
    retries.perTryTimeoutMs === undefined
      ? ''
      : ` × ${formatDuration(retries.perTryTimeoutMs)}`;
  const on = retries.retryOn.length ? ` (${retries.retryOn.join(', ')})` : '';
  return `${retries.attempts}${perTry}${on}`;
}

function faultDetail({ fault }: EffectiveRule): string | undefined {
  const { delay, abort } = fault ?? {};
  return [
    delay && `delay ${formatDuration(delay.fixedDelayMs)}: ${delay.percent}%`,
    abort && `abort ${abort.status}: ${abort.percent}%`,
  ]
    .filter(Boolean)
    .join(', ');
}

function breakerDetail({
  subset,
  connectionPool: pool,
  outlierDetection: outlier,
}: BreakerSettings): string {
  const limits = (
    [
      'maxConnections',
      'http1MaxPendingRequests',
      'http2MaxRequests',
      'maxRetries',
    ] as const
  )
    .filter(name => pool[name] !== undefined)
    .map(name => `${name} ${pool[name]}`);
  const settings = outlier ? [...limits, 'outlierDetection'] : limits;
  return `${subset ? `${subset}: ` : ''}${settings.join(', ')}`;
}

/** `v1 90%` */
export function shareOf({
  host,
  subset,
  percent,
}: {
  host: string;
  subset?: string;
  percent: number;
}): string {
  return `${subset ?? shortName(host)} ${Number(percent.toFixed(1))}%`;
}

function shortName(host: string): string {
  return host.replace(/^([^.]+)\.[^.]+\.svc\..*$/, '$1');
}
