import { MeshModel, MeshService, Workload } from '../mesh';
import { RequestReport } from '../traffic';

type Outcomes<S> = Map<number, S>;

/**
 * Finds a report's series without building its labels, by who called whom and how it ended. It forgets everything
 * when the mesh changes, for then workloads and services are other objects.
 */
export class RecentSeries<S> {
  private model: MeshModel | undefined;
  private pairs = new Map<
    Workload | undefined,
    Map<Workload | MeshService, Map<MeshService, Outcomes<S>>>
  >();
  private readonly flags = new Map<string, number>();

  of(
    model: MeshModel,
    { source, destination, service }: RequestReport,
  ): Outcomes<S> {
    if (this.model !== model) {
      this.model = model;
      this.pairs = new Map();
    }
    const bySource = at(this.pairs, source);
    const byDestination = at(bySource, destination ?? service);
    return at(byDestination, service);
  }

  /** A number that is the same for reports that ended alike. */
  outcomeOf({
    reporter,
    protocol,
    status,
    grpcStatus = 31,
    flags,
    mutualTls,
  }: RequestReport): number {
    let flag = this.flags.get(flags);
    if (flag === undefined) {
      flag = this.flags.size;
      this.flags.set(flags, flag);
    }
    const bits =
      (reporter === 'waypoint' ? 8 : 0) +
      (reporter === 'source' ? 4 : 0) +
      (protocol === 'grpc' ? 2 : 0) +
      (mutualTls ? 1 : 0);
    return ((flag * 1024 + status) * 32 + grpcStatus) * 16 + bits;
  }
}

function at<K, K2, V>(outer: Map<K, Map<K2, V>>, key: K): Map<K2, V> {
  let inner = outer.get(key);
  if (!inner) {
    inner = new Map();
    outer.set(key, inner);
  }
  return inner;
}
