import { Workload } from '../mesh';

/** How a workload or an external host departs from its usual behaviour. */
export interface Disturbance {
  /** Multiplies its latency. */
  latencyFactor?: number;
  /** Instead of its usual share of errors, 0..1. */
  errorRatio?: number;
  /** Instead of its usual share of 429, 0..1. */
  throttledRatio?: number;
  /** Only of requests that have all of these headers. */
  headers?: Readonly<Record<string, string>>;
}

/** A part of its configuration that a workload's proxies do not take, and what they say. */
export interface Rejection {
  part: 'clusters' | 'endpoints' | 'listeners' | 'routes';
  error: string;
  sinceMs: number;
}

/** What people and evaluations think of a workload's answers, instead of what they usually do. */
export interface Opinion {
  downRatio?: number;
  score?: number;
}

/** What scenes change; everything else stays as the world has it. */
export class Conditions {
  /** Multiplies every load. */
  loadFactor = 1;
  /** Multiplies a load besides, by its name. */
  readonly loadFactors = new Map<string, number>();
  /** By `[<cluster>/]<namespace>/<workload>` or external host. */
  readonly disturbances = new Map<string, Disturbance>();
  /** Seconds that certificates have left, by `<namespace>/<workload>`, from when they were set. */
  readonly certificates = new Map<
    string,
    { secondsLeft: number; atMs: number }
  >();
  rootCertificate: { secondsLeft: number; atMs: number } | undefined;

  /** Clusters whose east-west gateway has no ready pod. */
  readonly closedGateways = new Set<string>();

  /** Waypoints that take no connection though their pods are ready, by `<namespace>/<workload>`. */
  readonly refusingWaypoints = new Set<string>();

  /** By `<namespace>/<workload>`. */
  readonly opinions = new Map<string, Opinion>();

  /** By `<namespace>/<workload>`. */
  readonly rejections = new Map<string, Rejection>();

  /** What disturbs a workload. */
  disturbanceOf({ cluster, key }: Workload): Disturbance | undefined {
    return (
      this.disturbances.get(`${cluster}/${key}`) ?? this.disturbances.get(key)
    );
  }

  reset(): void {
    this.loadFactor = 1;
    this.loadFactors.clear();
    this.disturbances.clear();
    this.certificates.clear();
    this.rootCertificate = undefined;
    this.rejections.clear();
    this.opinions.clear();
    this.closedGateways.clear();
    this.refusingWaypoints.clear();
  }
}
