import { ClusterConfig } from '../mesh';
import { ConnectionPool } from './ConnectionPool';
import { ResilienceBreaker } from './ResilienceBreaker';

/** What a pod remembers from one request to the next: its work, its proxy's pools, its breakers. */
export class PodState {
  /** Requests that its application works on. */
  busy = 0;
  /** Requests that wait for their turn. */
  readonly queue: (() => void)[] = [];
  readonly pools = new Map<string, ConnectionPool>();
  readonly breakers = new Map<string, ResilienceBreaker>();

  pool(config: ClusterConfig): ConnectionPool {
    let pool = this.pools.get(config.name);
    if (!pool) {
      pool = new ConnectionPool(config);
      this.pools.set(config.name, pool);
    }
    return pool;
  }

  breaker(name: string): ResilienceBreaker {
    let breaker = this.breakers.get(name);
    if (!breaker) {
      breaker = new ResilienceBreaker();
      this.breakers.set(name, breaker);
    }
    return breaker;
  }
}
