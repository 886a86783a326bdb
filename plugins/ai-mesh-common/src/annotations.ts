import type { Entity } from '@backstage/catalog-model';

/** Exactly these Services: `[cluster/]namespace/name[,...]`. @public */
export const ANNOTATION_SERVICE = 'ai-mesh.io/service';
/** Labels of Services and workloads, as the Kubernetes plugin reads them. @public */
export const ANNOTATION_LABEL_SELECTOR =
  'backstage.io/kubernetes-label-selector';
/** The value of the label `backstage.io/kubernetes-id`. @public */
export const ANNOTATION_KUBERNETES_ID = 'backstage.io/kubernetes-id';
/** Restricts the two above to a namespace. @public */
export const ANNOTATION_NAMESPACE = 'backstage.io/kubernetes-namespace';
/** Restricts them to a cluster. @public */
export const ANNOTATION_CLUSTER = 'backstage.io/kubernetes-cluster';

/** Where the entity's objectives are written, as OpenSLO: a URL, or a path from the entity's own location. @public */
export const ANNOTATION_SLOS = 'ai-mesh.io/slos';
/** Models to show first: names, comma-separated. @public */
export const ANNOTATION_MODELS = 'ai-mesh.io/models';
/** Forces the dialect that the entity's AI metrics are read in. @public */
export const ANNOTATION_METRICS = 'ai-mesh.io/metrics';

/**
 * Checks of the scorecard that the entity is excused from, one a line: `<check> until <day>: <reason>`, such as
 * `mtls until 2026-12-31: the batch job gets a proxy with its next release`.
 *
 * @public
 */
export const ANNOTATION_EXEMPTIONS = 'ai-mesh.io/exemptions';

/**
 * On an object of the cluster, or on the entity for all of its objects: where it is kept in Git, as a URL such as
 * `https://github.com/acme/deployments/tree/main/chat`.
 *
 * @public
 */
export const ANNOTATION_SOURCE = 'ai-mesh.io/source';

/** On a Resource of type `ai-model`: the model's name in metrics, where an entity cannot be called so. @public */
export const ANNOTATION_MODEL = 'ai-mesh.io/model';

/**
 * On a Service or a namespace of the cluster, as an annotation or a label: the entities that it belongs to. Entity
 * references, comma-separated; a name alone is a Component's of the namespace `default`.
 *
 * @public
 */
export const MARK_ENTITY = 'ai-mesh.io/entity';
/** Likewise the owner: entities of that owner which claim the Service own it. A name alone is a Group's. @public */
export const MARK_OWNER = 'ai-mesh.io/owner';

/** The annotations that lead from an entity to the mesh; the first that is present decides. @public */
export const TARGET_ANNOTATIONS = [
  ANNOTATION_SERVICE,
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_KUBERNETES_ID,
] as const;

/**
 * Whether the entity says where it is in the mesh. Without, the tab and the card do not appear.
 *
 * @public
 */
export function isAiMeshAvailable(entity: Entity): boolean {
  return TARGET_ANNOTATIONS.some(name =>
    Boolean(entity.metadata.annotations?.[name]),
  );
}
