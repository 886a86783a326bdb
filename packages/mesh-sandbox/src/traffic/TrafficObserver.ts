import { MeshService, Pod, Protocol, Workload } from '../mesh';
import { MeshRequest, ModelUsage } from './messages';

/** What a proxy knows of a request when it is over. */
export interface RequestReport {
  reporter: 'source' | 'destination' | 'waypoint';
  /** Whose proxy reports. */
  proxy: Workload;
  protocol: Protocol;
  /** Absent where the callee's proxy cannot tell who called. */
  source?: Workload;
  /** Absent where no host was chosen, or the host is outside the mesh. */
  destination?: Workload;
  service: MeshService;
  /** HTTP status; 0 where none came. */
  status: number;
  grpcStatus?: number;
  /** Comma-separated, `-` for none. */
  flags: string;
  mutualTls: boolean;
  durationMs: number;
  requestBytes: number;
  responseBytes: number;
  /** Present where the proxy has a span to report: what was asked, and how often it was tried again. */
  traced?: { request: MeshRequest; retries: number };
}

export interface ConnectionReport {
  reporter: 'source' | 'destination' | 'waypoint';
  /** Whose proxy reports. */
  proxy: Workload;
  /** The very pod, of those that report for others: ztunnels. */
  pod?: Pod;
  source?: Workload;
  destination?: Workload;
  service: MeshService;
  flags: string;
  mutualTls: boolean;
}

/** One call of an application to a model, as the application counts it. */
export interface ModelCall {
  pod: Pod;
  model: string;
  /** Present when the model answered. */
  usage?: ModelUsage;
  /** HTTP status; 0 where the call was not let through or broke. */
  status: number;
  success: boolean;
  durationMs: number;
  /** The application answered by itself instead. */
  fallback: boolean;
}

/** One answer of a pod that runs a model. */
export interface ModelServed {
  pod: Pod;
  usage: ModelUsage;
  /** Time that the request waited for its turn. */
  queueMs: number;
  durationMs: number;
}

/** One answer of an application that has answered well, whatever it was worth. */
export interface AnswerGiven {
  pod: Pod;
  /** Of the model that wrote it, where one did. */
  usage?: ModelUsage;
}

/** Hears of everything that is worth a metric. */
export interface TrafficObserver {
  request(report: RequestReport): void;
  connectionOpened(report: ConnectionReport): void;
  connectionClosed(
    report: ConnectionReport,
    sentBytes: number,
    receivedBytes: number,
  ): void;
  modelCalled(call: ModelCall): void;
  modelServed(served: ModelServed): void;
  answered(answer: AnswerGiven): void;
}
