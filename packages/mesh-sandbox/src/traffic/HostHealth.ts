import { OutlierPolicy, Pod } from '../mesh';

interface Host {
  consecutive5xx: number;
  consecutiveGateway: number;
  ejections: number;
  ejectedUntil: number;
  /** Requests under way, for choosing the less busy of two. */
  active: number;
}

/** What one proxy's outlier detection knows of the hosts of one cluster. */
export class HostHealth {
  /** Totals since the start, as Envoy counts them. */
  enforced = 0;
  overflow = 0;
  private readonly hosts = new Map<string, Host>();

  /** Hosts that are left to choose from; all of them where too few are healthy (Envoy's panic mode). */
  candidates(
    pods: readonly Pod[],
    policy: OutlierPolicy | undefined,
    now: number,
  ): readonly Pod[] {
    if (!policy || this.enforced === 0) {
      return pods;
    }
    const healthy = pods.filter(({ key }) => !this.isEjected(key, now));
    return (100 * healthy.length) / pods.length < policy.minHealthPercent
      ? pods
      : healthy;
  }

  activeOf(key: string): number {
    return this.hosts.get(key)?.active ?? 0;
  }

  /** Hosts that are out of the pool now. */
  ejected(now: number): number {
    let count = 0;
    for (const { ejectedUntil } of this.hosts.values()) {
      count += ejectedUntil > now ? 1 : 0;
    }
    return count;
  }

  began(key: string): void {
    this.host(key).active += 1;
  }

  /** @param status - 0 for a failed connection and 504 for a time-out */
  ended(
    key: string,
    status: number | undefined,
    policy: OutlierPolicy | undefined,
    total: number,
    now: number,
  ): void {
    const host = this.host(key);
    host.active -= 1;
    if (!policy || status === undefined) {
      return;
    }
    const gateway = status === 0 || (status >= 502 && status <= 504);
    host.consecutive5xx =
      gateway || status >= 500 ? host.consecutive5xx + 1 : 0;
    host.consecutiveGateway = gateway ? host.consecutiveGateway + 1 : 0;
    if (
      reached(host.consecutive5xx, policy.consecutive5xx) ||
      reached(host.consecutiveGateway, policy.consecutiveGatewayErrors)
    ) {
      this.eject(host, policy, total, now);
    }
  }

  private eject(
    host: Host,
    policy: OutlierPolicy,
    total: number,
    now: number,
  ): void {
    host.consecutive5xx = 0;
    host.consecutiveGateway = 0;
    if (host.ejectedUntil > now) {
      return;
    }
    if ((100 * (this.ejected(now) + 1)) / total > policy.maxEjectionPercent) {
      this.overflow += 1;
      return;
    }
    this.enforced += 1;
    host.ejections += 1;
    host.ejectedUntil = now + policy.baseEjectionMs * host.ejections;
  }

  private isEjected(key: string, now: number): boolean {
    const host = this.hosts.get(key);
    return host !== undefined && host.ejectedUntil > now;
  }

  private host(key: string): Host {
    let host = this.hosts.get(key);
    if (!host) {
      host = {
        consecutive5xx: 0,
        consecutiveGateway: 0,
        ejections: 0,
        ejectedUntil: 0,
        active: 0,
      };
      this.hosts.set(key, host);
    }
    return host;
  }
}

function reached(count: number, limit: number): boolean {
  return limit > 0 && count >= limit;
}
