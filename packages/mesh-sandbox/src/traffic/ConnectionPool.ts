import { ClusterConfig } from '../mesh';
import { HostHealth } from './HostHealth';

/** A request's place in a pool. */
export interface PoolPlace {
  /** It waits for a connection; `ready` is called when there is one. */
  waiting: boolean;
  release(): void;
}

class Connection implements PoolPlace {
  readonly waiting = false;
  private released = false;

  constructor(private readonly pool: { leave(): void }) {}

  release(): void {
    if (!this.released) {
      this.released = true;
      this.pool.leave();
    }
  }
}

/** What one proxy holds open towards one cluster: connections, waiting requests, retries, and its hosts' health. */
export class ConnectionPool {
  readonly health = new HostHealth();
  /** Totals since the start, as Envoy counts them. */
  connectionOverflow = 0;
  pendingOverflow = 0;
  retryOverflow = 0;
  active = 0;
  retries = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    /** As of the latest request. */
    public config: ClusterConfig,
  ) {}

  get pending(): number {
    return this.waiting.length;
  }

  /**
   * Asks for a connection.
   *
   * @param ready - called when a connection is free, unless the place is given at once
   * @returns undefined where the limits leave no place
   */
  enter(config: ClusterConfig, ready: () => void): PoolPlace | undefined {
    this.config = config;
    const { limits, port } = config;
    // HTTP/2 puts all requests on one connection: only their number is limited.
    const connections =
      port.protocol === 'grpc' ? Infinity : limits.maxConnections;
    if (this.active < connections && this.active < limits.maxRequests) {
      return this.occupy();
    }
    if (this.active >= connections) {
      this.connectionOverflow += 1;
      if (this.waiting.length < limits.maxPendingRequests) {
        return this.wait(ready);
      }
    }
    this.pendingOverflow += 1;
    return undefined;
  }

  /** @returns undefined where too many retries are under way already */
  enterRetry(config: ClusterConfig): PoolPlace | undefined {
    if (this.retries >= config.limits.maxRetries) {
      this.retryOverflow += 1;
      return undefined;
    }
    this.retries += 1;
    let released = false;
    return {
      waiting: false,
      release: () => {
        this.retries -= released ? 0 : 1;
        released = true;
      },
    };
  }

  /** Ends a request's use of its connection; the next in the queue takes it over. */
  leave(): void {
    this.active -= 1;
    this.waiting.shift()?.();
  }

  private occupy(): PoolPlace {
    this.active += 1;
    return new Connection(this);
  }

  private wait(ready: () => void): PoolPlace {
    let place: PoolPlace | undefined;
    const turn = () => {
      place = this.occupy();
      ready();
    };
    this.waiting.push(turn);
    return {
      waiting: true,
      release: () => {
        const at = this.waiting.indexOf(turn);
        if (at >= 0) {
          this.waiting.splice(at, 1);
        }
        place?.release();
      },
    };
  }
}
