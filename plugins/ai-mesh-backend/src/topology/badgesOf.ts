import type {
  Badge,
  BreakerSettings,
  ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  formatDuration,
  type EffectiveDestination,
  type EffectiveRule,
} from '../routes';
import { limitsSomething } from '../telemetry';

/** What the mesh's objects do to requests to a service, each kind of setting once, in a few words. */
export function badgesOf(routes: {
  rules: readonly EffectiveRule[];
  breakers: readonly BreakerSettings[] | undefined;
}): Badge[] {
  const rules = routes.rules.filter(rule => rule.reachable);
  const ofRules = (
    kind: Badge['kind'],
    words: (rule: EffectiveRule) => string | undefined,
  ) =>
    badge(
      kind,
      rules.map(rule => ({ object: rule.object, detail: words(rule) })),
    );
  return [
    badge(
      'circuit-breaker',
      (routes.breakers ?? []).map(breaker => ({
        object: breaker.object,
        detail: limitsSomething(breaker) ? breakerInWords(breaker) : undefined,
      })),
    ),
    ofRules('timeout', ({ timeoutMs }) =>
      timeoutMs === null ? undefined : formatDuration(timeoutMs),
    ),
    ofRules('retries', retriesInWords),
    ofRules('fault', faultInWords),
    ofRules('mirror', ({ mirrors }) =>
      mirrors
        .map(
          ({ host, subset, percent }) =>
            `${percent} % to ${subset ?? shortName(host)}`,
        )
        .join(', '),
    ),
    ofRules('split', ({ destinations }) =>
      destinations.filter(({ weightPercent }) => weightPercent > 0).length > 1
        ? destinations
            .map(
              destination =>
                `${destination.subset ?? shortName(destination.host)} ${round(destination)} %`,
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

function retriesInWords({ retries }: EffectiveRule): string | undefined {
  if (!retries || retries.source === 'mesh-default' || retries.attempts === 0) {
    return undefined;
  }
  const perTry =
    retries.perTryTimeoutMs === undefined
      ? ''
      : ` x ${formatDuration(retries.perTryTimeoutMs)}`;
  const on = retries.retryOn.length ? ` on ${retries.retryOn.join(',')}` : '';
  return `${retries.attempts}${perTry}${on}`;
}

function faultInWords({ fault }: EffectiveRule): string | undefined {
  const { delay, abort } = fault ?? {};
  return [
    delay &&
      `delay ${formatDuration(delay.fixedDelayMs)} for ${delay.percent} %`,
    abort && `abort with ${abort.status} for ${abort.percent} %`,
  ]
    .filter(Boolean)
    .join(', ');
}

function breakerInWords({
  subset,
  connectionPool: pool,
  outlierDetection: outlier,
}: BreakerSettings): string {
  const limits: [string, number | undefined][] = [
    ['connections', pool.maxConnections],
    ['pending requests', pool.http1MaxPendingRequests],
    ['requests', pool.http2MaxRequests],
    ['retries', pool.maxRetries],
  ];
  const words = limits
    .filter(([, limit]) => limit !== undefined)
    .map(([name, limit]) => `${limit} ${name}`);
  if (outlier) {
    words.push('outlier detection');
  }
  return `${subset ? `${subset}: ` : ''}${words.join(', ')}`;
}

function round({ weightPercent }: EffectiveDestination): number {
  return Number(weightPercent.toFixed(1));
}

function shortName(host: string): string {
  return host.replace(/^([^.]+)\.[^.]+\.svc\..*$/, '$1');
}
