import type { Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshKinds, MeshKind } from './kinds';

/**
 * How the snapshot came by one kind of object.
 *
 * - `synced`: listed and watched; `observedAt` is the last event, bookmark or list
 * - `syncing`: the first list has not come back yet
 * - `stale`: was synced, but the cluster has not been heard from for too long
 * - `not-served`: the cluster has no such API
 * - `forbidden`: the credentials may not list it; `message` names verb and resource
 * - `unreachable`: the cluster does not answer, and never did for this kind
 */
export interface KindState {
  status:
    'synced' | 'syncing' | 'stale' | 'not-served' | 'forbidden' | 'unreachable';
  /** The group and version that discovery chose: `networking.istio.io/v1`. */
  apiVersion?: string;
  observedAt?: Date;
  message?: string;
  words?: Words[];
}

/**
 * An immutable view of one cluster's objects that matter to the mesh, at one moment.
 * Look-ups by namespace or name do not walk the cluster.
 */
export interface MeshSnapshot {
  readonly cluster: string;
  readonly takenAt: Date;
  /** Istio's root namespace, where mesh-wide policies live: `istio-system` unless configured. */
  readonly rootNamespace: string;
  /** `cluster.local` unless configured. */
  readonly clusterDomain: string;
  state(kind: MeshKind): KindState;
  all<K extends MeshKind>(kind: K): readonly MeshKinds[K][];
  /** The same, one list a namespace: only where an object changes is it another list. */
  byNamespace<K extends MeshKind>(
    kind: K,
  ): readonly (readonly MeshKinds[K][])[];
  inNamespace<K extends MeshKind>(
    kind: K,
    namespace: string,
  ): readonly MeshKinds[K][];
  get<K extends MeshKind>(
    kind: K,
    namespace: string,
    name: string,
  ): MeshKinds[K] | undefined;
  /** Whether both show the same objects, and came by them alike: what is made of one is then what is made of the other. */
  showsAs(other: MeshSnapshot): boolean;
}

/** Gives snapshots of one cluster. */
export interface SnapshotSource {
  /**
   * The present view. Before the first sync it waits at most 3 s, then answers with what there is.
   * Never rejects: a cluster that cannot be reached is a snapshot whose kinds say so.
   */
  snapshot(): Promise<MeshSnapshot>;
}
