import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import { PatientPrometheus } from '../evidence';
import type { CanaryCluster, CanaryClusters } from './CanaryCluster';

/** The clusters, of which none can keep the others' canaries waiting by a Prometheus that does not answer. */
export function patientClusters(clusters: CanaryClusters): CanaryClusters {
  const known = new WeakMap<PrometheusClient, PatientPrometheus>();
  const patient = (prometheus: PrometheusClient) => {
    const one = known.get(prometheus) ?? new PatientPrometheus(prometheus);
    known.set(prometheus, one);
    return one;
  };
  const patientOne = (cluster: CanaryCluster): CanaryCluster => {
    if (!cluster.prometheus) {
      return cluster;
    }
    const {
      istioCluster,
      sharers,
      snapshots,
      editor,
      scrapeIntervalSeconds,
      settleSeconds,
      prometheus,
    } = cluster;
    return {
      name: cluster.name,
      istioCluster,
      sharers,
      snapshots,
      editor,
      scrapeIntervalSeconds,
      settleSeconds,
      prometheus: patient(prometheus),
    };
  };
  return {
    get(name) {
      const cluster = clusters.get(name);
      return cluster && patientOne(cluster);
    },
    list: () => clusters.list().map(patientOne),
  };
}
