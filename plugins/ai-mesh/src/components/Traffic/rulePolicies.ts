import type { RetryPolicy, RouteRule } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import { shortHost } from './destinationName';

/** What a rule does besides choosing a destination, in words. Timeout and retries are always said. */
export function rulePolicies(
  rule: RouteRule,
  format: Format,
  t: Translate,
): Array<{ name: string; values: string[] }> {
  const percent = (value: number) => format.percent(value / 100);
  const { fault, mirrors, headers, actions } = rule;
  const http = rule.protocol === 'http' || rule.protocol === 'grpc';
  const policies = [
    ...(http
      ? [
          {
            name: t('traffic.policy.timeout'),
            values: [
              rule.timeoutMs === null
                ? t('traffic.policy.noTimeout')
                : format.duration(rule.timeoutMs),
            ],
          },
          {
            name: t('traffic.policy.retries'),
            values: [retries(rule.retries, format, t)],
          },
        ]
      : []),
    {
      name: t('traffic.policy.fault'),
      values: [
        ...(fault?.delay
          ? [
              t('traffic.policy.delay', {
                percent: percent(fault.delay.percent),
                duration: format.duration(fault.delay.fixedDelayMs),
              }),
            ]
          : []),
        ...(fault?.abort
          ? [
              t('traffic.policy.abort', {
                percent: percent(fault.abort.percent),
                status: fault.abort.status,
              }),
            ]
          : []),
      ],
    },
    {
      name: t('traffic.policy.mirror'),
      values: mirrors.map(mirror =>
        t('traffic.policy.mirrorTo', {
          percent: percent(mirror.percent),
          host: mirror.subset
            ? t('traffic.destination.subset', {
                host: shortHost(mirror.host),
                subset: mirror.subset,
              })
            : shortHost(mirror.host),
        }),
      ),
    },
    { name: t('traffic.policy.headers'), values: headers },
    { name: t('traffic.policy.actions'), values: actions },
  ];
  return policies.filter(({ values }) => values.length > 0);
}

function retries(
  policy: RetryPolicy | null,
  format: Format,
  t: Translate,
): string {
  if (!policy || policy.attempts === 0) {
    return t('traffic.policy.noRetries');
  }
  return [
    t('traffic.policy.attempts', { count: policy.attempts }),
    ...(policy.perTryTimeoutMs === undefined
      ? []
      : [
          t('traffic.policy.perTry', {
            duration: format.duration(policy.perTryTimeoutMs),
          }),
        ]),
    ...(policy.retryOn.length > 0
      ? [
          t('traffic.policy.retryOn', {
            conditions: policy.retryOn.join(t('text.and')),
          }),
        ]
      : []),
    ...(policy.source === 'mesh-default'
      ? [t('traffic.policy.meshDefault')]
      : []),
  ].join(t('text.also'));
}
