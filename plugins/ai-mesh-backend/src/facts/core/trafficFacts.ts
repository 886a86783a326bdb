import {
  known,
  wording,
  type FactName,
  type Measured,
  type RouteRule,
} from '@ai-mesh/plugin-ai-mesh-common';
import { fact, noFact, ofNumbers, type ComputedFact } from './ComputedFact';
import type { FactAnswers } from './FactAnswers';

type RoutedService = FactAnswers['routes']['services'][number];

export function trafficFacts({ routes, overview }: FactAnswers) {
  const { p99 } = overview.traffic.total;
  return {
    latencyP99Seconds:
      p99.status === 'known' ? fact(p99.value.valueMs / 1000) : p99,
    p99OverTimeoutRatio: ofNumbers(
      routes.services.flatMap(overTimeouts),
      values => Math.max(...values),
      noFact('not-applicable', wording('facts.noTimeout')),
    ),
  } satisfies Partial<Record<FactName, ComputedFact>>;
}

function overTimeouts(service: RoutedService): Measured<number>[] {
  return service.rules
    .filter(
      ({ protocol, reachable, timeoutMs, destinations }) =>
        (protocol === 'http' || protocol === 'grpc') &&
        reachable &&
        destinations.length > 0 &&
        timeoutMs !== null &&
        timeoutMs > 0,
    )
    .map(rule => {
      const p99 = slowestP99(service, rule);
      return p99.status === 'known' ? known(p99.value / rule.timeoutMs!) : p99;
    });
}

/** Milliseconds: of the versions that the rule sends to where all of them are known, else of the service. */
function slowestP99(
  { traffic }: RoutedService,
  { destinations }: RouteRule,
): Measured<number> {
  const sent = destinations.filter(({ weightPercent }) => weightPercent > 0);
  const each = sent.flatMap(({ observed }) =>
    observed.p99.status === 'known' ? [observed.p99.value.valueMs] : [],
  );
  if (each.length > 0 && each.length === sent.length) {
    return known(Math.max(...each));
  }
  return traffic.p99.status === 'known'
    ? known(traffic.p99.value.valueMs)
    : traffic.p99;
}
