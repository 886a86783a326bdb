import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { TrafficScope } from './TrafficScope';
import type { RateRow } from './RateRow';
import type { RateSource } from './RecordedTelemetry';
import type { TcpAndLately } from './tcpAndLately';

type Rows = Promise<Measured<readonly RateRow[]>>;

/** What a view wants to know of the traffic of some services and workloads, wherever that comes from. */
export interface TrafficSource extends Pick<RateSource, 'remark'> {
  requests(scope: TrafficScope): Rows;
  /** Buckets of latency. */
  latency(scope: TrafficScope): Rows;
  /** Buckets of the times to compare with. */
  usualLatency(scope: TrafficScope): Rows;
  /** TCP, and the requests of the last minute: one question. */
  tcpAndLately(scope: TrafficScope): Promise<TcpAndLately>;
  /** Of circuit breakers; by full host names of the called services. */
  breakers(hosts: readonly string[]): Rows;
}
