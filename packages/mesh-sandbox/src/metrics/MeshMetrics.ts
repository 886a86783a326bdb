import { Pod } from '../mesh';
import {
  AnswerGiven,
  ClusterTraffic,
  Conditions,
  ConnectionReport,
  ModelCall,
  ModelServed,
  RequestReport,
  TrafficObserver,
} from '../traffic';
import { Behaviour } from '../world';
import { AnswerMetrics } from './AnswerMetrics';
import { CertificateMetrics } from './CertificateMetrics';
import { ControlPlaneMetrics } from './ControlPlaneMetrics';
import { EnvoyStats } from './EnvoyStats';
import { InferencePoolMetrics } from './InferencePoolMetrics';
import { IstioMetrics } from './IstioMetrics';
import { MicrometerMetrics } from './MicrometerMetrics';
import { OpenTelemetryMetrics } from './OpenTelemetryMetrics';
import { VllmMetrics } from './VllmMetrics';

export interface MeshMetricsOptions {
  /** The cluster that is observed. */
  engine: ClusterTraffic;
  behaviour: Behaviour;
  conditions: Conditions;
  clock: () => Date;
}

/** Everything that the mesh's proxies, control plane and applications would be scraped for. */
export class MeshMetrics implements TrafficObserver {
  readonly istio: IstioMetrics;
  private readonly envoy: EnvoyStats;
  private readonly certificates: CertificateMetrics;
  private readonly controlPlane: ControlPlaneMetrics;
  private readonly micrometer: MicrometerMetrics;
  private readonly openTelemetry: OpenTelemetryMetrics;
  private readonly vllm: VllmMetrics;
  private readonly answers: AnswerMetrics;
  private readonly inferencePools: InferencePoolMetrics;

  constructor(private readonly options: MeshMetricsOptions) {
    const { engine, behaviour, conditions, clock } = options;
    this.istio = new IstioMetrics(() => engine.model);
    this.envoy = new EnvoyStats(engine);
    this.certificates = new CertificateMetrics(engine, conditions);
    this.controlPlane = new ControlPlaneMetrics(engine, conditions, clock);
    this.micrometer = new MicrometerMetrics(engine);
    this.openTelemetry = new OpenTelemetryMetrics(
      model =>
        behaviour.models.find(({ name }) => name === model)?.provider ??
        'unknown',
    );
    this.vllm = new VllmMetrics(behaviour);
    this.answers = new AnswerMetrics(engine, conditions);
    this.inferencePools = new InferencePoolMetrics(engine);
  }

  request(report: RequestReport): void {
    this.istio.request(report);
    this.inferencePools.request(report);
  }

  connectionOpened(report: ConnectionReport): void {
    this.istio.connectionOpened(report);
  }

  connectionClosed(
    report: ConnectionReport,
    sentBytes: number,
    receivedBytes: number,
  ): void {
    this.istio.connectionClosed(report, sentBytes, receivedBytes);
  }

  modelCalled(call: ModelCall): void {
    const dialect = this.dialectOf(call.pod);
    if (dialect === 'micrometer') {
      this.micrometer.record(call);
    } else if (dialect === 'opentelemetry') {
      this.openTelemetry.record(call);
    }
  }

  modelServed(served: ModelServed): void {
    if (this.dialectOf(served.pod) === 'vllm') {
      this.vllm.record(served);
    }
  }

  answered(answer: AnswerGiven): void {
    this.answers.record(answer);
  }

  /** The text of a scrape, in pieces of whole lines. */
  *expose(): Iterable<string> {
    yield* this.istio.expose();
    yield* this.envoy.expose();
    yield* this.certificates.expose();
    yield* this.controlPlane.expose();
    yield* this.micrometer.expose();
    const pods = new Map(
      [...this.options.engine.pods()].map(one => [one.pod.key, one]),
    );
    yield* this.openTelemetry.expose(new Set(pods.keys()));
    yield* this.vllm.expose(pods);
    yield* this.answers.expose();
    yield* this.inferencePools.expose();
  }

  private dialectOf({ workload }: Pod): string | undefined {
    return this.options.engine.behaviours.of(workload).aiMetrics?.dialect;
  }
}
