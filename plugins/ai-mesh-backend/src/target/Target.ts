import type { Resolution, Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { MeshCluster } from './MeshClusters';

/** What runs pods: a Deployment, StatefulSet or DaemonSet, whatever else controls pods, or a pod that nothing controls. */
export interface WorkloadRef {
  kind: string;
  namespace: string;
  name: string;
}

/** A Service that is a version of another one, whose routes name it. */
export interface ServicePart {
  namespace: string;
  name: string;
  /** The other one's name, in the same namespace. */
  of: string;
  /** The routes alone say so: workloads are behind it that the other one does not select. */
  byRoute?: true;
}

/** What an entity owns on one cluster, with the snapshot that it was read from. */
export interface ClusterTarget {
  cluster: MeshCluster;
  snapshot: MeshSnapshot;
  services: { namespace: string; name: string }[];
  workloads: WorkloadRef[];
  /** Those of the services that are there since the routes of another one lead to them: versions of it. */
  parts?: readonly ServicePart[];
  /** How many more such there are than an entity may have Services. */
  moreParts?: number;
  /**
   * Of these, what provably is the entity's, or counts as it by `claims: any`: what it may ask about in words of its own.
   * Absent: nobody has looked.
   */
  proven?: Pick<ClusterTarget, 'services' | 'workloads'>;
}

/** What an entity owns in the mesh. */
export interface Target {
  entityRef: string;
  /** Entity references of the entity's owners. */
  owners: readonly string[];
  resolution: Resolution;
  /** The clusters on which something was found. */
  clusters: ClusterTarget[];
  /** Every cluster that was searched, with its snapshot: for the answer's `sources`. */
  searched: { cluster: MeshCluster; snapshot: MeshSnapshot }[];
  /** Present where the entity is a System, which has what its components have. */
  system?: SystemParts;
}

/** Of what a System consists. */
export interface SystemParts {
  /** The component whose a Service or workload is, by `cluster/namespace/name`. */
  componentOf: ReadonlyMap<string, string>;
  /** Which components are not looked at, and why. */
  leftOut: readonly Words[];
}
