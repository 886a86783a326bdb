import type { Remark } from './Remark';
import type { TrafficScope } from './TrafficScope';
import { breakersQuery } from './breakerQueries';
import {
  latencyQuery,
  requestsQuery,
  tcpAndLatelyQuery,
  usualLatencyQuery,
} from './neighbourhoodQueries';
import type { RateSource } from './RecordedTelemetry';
import { tcpAndLately } from './tcpAndLately';
import type { TrafficSource } from './TrafficSource';

/** What was usual over an hour is so a minute later. */
export const USUAL_KEPT_MS = 60_000;

/** Traffic that Prometheus is asked for, a question each. */
export class AskedTraffic implements TrafficSource {
  constructor(
    private readonly telemetry: RateSource,
    private readonly windowSeconds: number,
  ) {}

  remark(said: Remark) {
    this.telemetry.remark(said);
  }

  requests(scope: TrafficScope) {
    return this.telemetry.rates(
      'requests',
      requestsQuery(scope, this.windowSeconds),
    );
  }

  latency(scope: TrafficScope) {
    return this.telemetry.rates(
      'latency',
      latencyQuery(scope, this.windowSeconds),
    );
  }

  usualLatency(scope: TrafficScope) {
    return this.telemetry.rates(
      'usual-latency',
      usualLatencyQuery(scope, this.windowSeconds),
      { keepForMs: USUAL_KEPT_MS },
    );
  }

  async tcpAndLately(scope: TrafficScope) {
    return tcpAndLately(
      await this.telemetry.rates(
        'tcp',
        tcpAndLatelyQuery(scope, this.windowSeconds),
      ),
    );
  }

  breakers(hosts: readonly string[]) {
    return this.telemetry.rates(
      'breakers',
      breakersQuery(hosts, this.windowSeconds),
    );
  }
}
