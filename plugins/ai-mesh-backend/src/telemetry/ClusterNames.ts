import { istioLabels, named } from './istioLabels';
import { reportingCluster, reportingClusters } from './reportingCluster';

/** A cluster by its name in the configuration, and by Istio's, where that is configured. */
export interface NamedCluster {
  readonly name: string;
  readonly istioCluster?: string;
}

interface Row {
  readonly labels: Readonly<Record<string, string>>;
}

/** Named rows with the names of other clusters that their own answers told: see {@link ClusterNames.found}. */
export function withFoundNames<T extends Row>(
  rows: readonly T[],
  found: ReadonlyMap<string, string>,
): T[] {
  const nameOf = (label: string = '') => found.get(label) ?? label;
  return rows.map(row => {
    const {
      [istioLabels.sourceCluster]: from,
      [istioLabels.destinationCluster]: to,
    } = row.labels;
    return nameOf(from) === from && nameOf(to) === to
      ? row
      : {
          ...row,
          labels: {
            ...row.labels,
            [istioLabels.sourceCluster]: nameOf(from),
            [istioLabels.destinationCluster]: nameOf(to),
          },
        };
  });
}

/**
 * Says of every row which clusters its ends are of, as the configuration names them. One that is not configured keeps
 * the name that Istio has for it.
 *
 * Istio's name of the asked cluster itself is found out where it is not configured: its Prometheus has reports of its
 * own proxies, so that a single name that no other cluster bears is its own. (Istio calls every cluster `Kubernetes`
 * unless told otherwise.) An end that a report does not name is taken for the asked cluster's: older meshes have no such
 * labels, and a request that reached nobody has not left it.
 */
export class ClusterNames {
  readonly home: string;
  readonly #configured: ReadonlyMap<string, string>;
  #own: readonly string[];
  #rows = 0;
  #reporting: readonly string[] = [];

  /**
   * @param home - the cluster that was asked
   * @param configured - all that are, in any order
   */
  constructor(home: NamedCluster, configured: readonly NamedCluster[]) {
    this.home = home.name;
    this.#configured = new Map([
      ...configured
        .filter(({ name }) => name !== home.name)
        .map(({ name, istioCluster = name }) => [istioCluster, name] as const),
      [home.istioCluster ?? home.name, home.name],
    ]);
    this.#own = home.istioCluster === undefined ? [] : [home.istioCluster];
  }

  /** Rows whose ends name their clusters, as {@link istioLabels} would. */
  name<T extends Row>(rows: readonly T[]): T[] {
    this.see(rows);
    return rows.map(row => this.named(row));
  }

  /** Learns from all rows of an answer what each of them is named by. */
  see(rows: readonly Row[]): void {
    this.#rows += rows.length;
    if (this.#reporting.length === 0) {
      this.#reporting = reportingClusters(rows);
    }
    if (this.#own.length === 0) {
      this.#own = this.#ownAmong(this.#reporting);
    }
  }

  /** One row of an answer that was {@link see | seen}, as {@link name} gives it. */
  named<T extends Row>(row: T): T {
    return {
      ...row,
      labels: {
        ...row.labels,
        [istioLabels.sourceCluster]: this.#nameOf(
          named(row.labels, istioLabels.sourceCluster),
        ),
        [istioLabels.destinationCluster]: this.#nameOf(
          named(row.labels, istioLabels.destinationCluster),
        ),
      },
    };
  }

  /**
   * Whether named rows are to be read from this cluster's answer: those that another cluster's proxies reported are in
   * that one's, whether it has a Prometheus of its own or shares this one.
   *
   * @param answered - the clusters whose answers are read together
   */
  reportedHere(answered: ReadonlySet<string>): (row: Row) => boolean {
    return row => {
      const by = reportingCluster(row);
      return by === undefined || by === this.home || !answered.has(by);
    };
  }

  /** Whether the cluster is an end of a named row at all: a shared Prometheus tells of others' calls too. */
  readonly touches = ({ labels }: Row): boolean =>
    labels[istioLabels.sourceCluster] === this.home ||
    labels[istioLabels.destinationCluster] === this.home;

  /** What others call this cluster, as far as it was found out; nothing where several call themselves the same. */
  static found(all: readonly ClusterNames[]): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const names of all) {
      const [istioCluster, ...more] = names.#own;
      const taken = all.some(
        other =>
          other !== names &&
          (other.#own.includes(istioCluster) || other.home === istioCluster),
      );
      if (istioCluster !== undefined && more.length === 0 && !taken) {
        found.set(istioCluster, names.home);
      }
    }
    return found;
  }

  /** Whether reports were seen, and none of them named a cluster. */
  get areUnlabelled(): boolean {
    return this.#rows > 0 && this.#reporting.length === 0;
  }

  /** Reporting clusters of which none is configured: whichever of them is the asked one, the others count as it too. */
  get strangers(): readonly string[] {
    return this.#own.length > 1 ? this.#own : [];
  }

  #ownAmong(reporting: readonly string[]): readonly string[] {
    const strange = reporting.filter(one => !this.#configured.has(one));
    return reporting.includes(this.home) ? [this.home] : strange;
  }

  #nameOf(istioCluster: string | undefined): string {
    return istioCluster === undefined || this.#own.includes(istioCluster)
      ? this.home
      : (this.#configured.get(istioCluster) ?? istioCluster);
  }
}
