/** How a workload or an external host departs from its usual behaviour. */
export interface Disturbance {
  /** Multiplies its latency. */
  latencyFactor?: number;
  /** Instead of its usual share of errors, 0..1. */
  errorRatio?: number;
  /** Instead of its usual share of 429, 0..1. */
  throttledRatio?: number;
}

/** A part of its configuration that a workload's proxies do not take, and what they say. */
export interface Rejection {
  part: 'clusters' | 'endpoints' | 'listeners' | 'routes';
  error: string;
  sinceMs: number;
}

/** What scenes change; everything else stays as the world has it. */
export class Conditions {
  /** Multiplies every load. */
  loadFactor = 1;
  /** Multiplies a load besides, by its name. */
  readonly loadFactors = new Map<string, number>();
  /** By `<namespace>/<workload>` or external host. */
  readonly disturbances = new Map<string, Disturbance>();
  /** Seconds that certificates have left, by `<namespace>/<workload>`, from when they were set. */
  readonly certificates = new Map<
    string,
    { secondsLeft: number; atMs: number }
  >();
  rootCertificate: { secondsLeft: number; atMs: number } | undefined;

  /** By `<namespace>/<workload>`. */
  readonly rejections = new Map<string, Rejection>();

  reset(): void {
    this.loadFactor = 1;
    this.loadFactors.clear();
    this.disturbances.clear();
    this.certificates.clear();
    this.rootCertificate = undefined;
    this.rejections.clear();
  }
}
