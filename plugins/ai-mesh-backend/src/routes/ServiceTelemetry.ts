import type { Measured, Traffic } from '@ai-mesh/plugin-ai-mesh-common';
import { known, wording } from '@ai-mesh/plugin-ai-mesh-common';
import {
  chooseReporters,
  inScope,
  readTraffic,
  unknownTraffic,
  type Distinction,
  type RateRow,
} from '../telemetry';
import type { ServiceName } from './RouteSource';

/** What was asked of one cluster's Prometheus about some services. */
export interface ServiceRows {
  /** Rows of every reporter, or why there are none. */
  requests: Measured<readonly RateRow[]>;
  buckets: Measured<readonly RateRow[]>;
  windowSeconds: number;
}

/** Reads one cluster's rows service by service and version by version. */
export class ServiceTelemetry {
  readonly #rows: ServiceRows;
  readonly #requests: readonly RateRow[];
  readonly #buckets: Measured<readonly RateRow[]>;

  constructor(rows: ServiceRows) {
    this.#rows = rows;
    const all = rows.requests.status === 'known' ? rows.requests.value : [];
    const reporters = chooseReporters(all);
    this.#requests = reporters.pick(all);
    this.#buckets =
      rows.buckets.status === 'known'
        ? known(reporters.pick(rows.buckets.value))
        : rows.buckets;
  }

  /** Rows of a service's requests, of every reporter. */
  reportsOf(service: ServiceName): Measured<readonly RateRow[]> {
    const { requests } = this.#rows;
    return requests.status === 'known'
      ? known(requests.value.filter(isTo(service)))
      : requests;
  }

  /** Golden signals of a service, all callers. */
  trafficOf(service: ServiceName): Traffic {
    return this.#traffic(isTo(service));
  }

  /** Golden signals of the requests that one version of a service answered. */
  trafficOfVersion(
    service: ServiceName,
    { label, values }: Distinction,
  ): Traffic {
    const isToService = isTo(service);
    const toService = this.#requests.filter(isToService);
    return toService.length > 0 &&
      toService.every(({ labels }) => !(label in labels))
      ? unknownTraffic('no-such-label', [
          wording('figure.lacksLabel', { label }),
        ])
      : this.#traffic(
          row => isToService(row) && values.includes(row.labels[label] ?? ''),
        );
  }

  #traffic(wanted: (row: RateRow) => boolean): Traffic {
    const { requests, windowSeconds } = this.#rows;
    if (requests.status === 'unknown') {
      return unknownTraffic(
        requests.reason,
        requests.words ?? requests.message,
      );
    }
    return readTraffic(
      this.#requests.filter(wanted),
      this.#buckets.status === 'known'
        ? known(this.#buckets.value.filter(wanted))
        : this.#buckets,
      windowSeconds,
    );
  }
}

function isTo(service: ServiceName): (row: RateRow) => boolean {
  return inScope({ to: [service], from: [] });
}
