/**
 * Files that read texts and have no attack of their own in `parserAttacks.ts`, each with why not. What is no more a reader,
 * or is attacked by now, fails a test as much as one that is in neither list.
 */
export const readersElsewhere: Record<
  string,
  | { attackedIn: string }
  | { routes: readonly string[] }
  | { notFromOutside: string }
> = {
  'http/canaries/VeiledCanaryDesk.ts': {
    notFromOutside: 'answers of its own, and requests that the desk has read',
  },
  'prometheus/series/parsePromql.ts': {
    attackedIn: 'prometheus/series/parseSliQuery.property.test.ts',
  },
  'prometheus/series/parseSliQuery.ts': {
    attackedIn: 'prometheus/series/parseSliQuery.property.test.ts',
  },
  'prometheus/shared/SharedWriter.ts': {
    notFromOutside:
      'questions as we print them; of what users write, parsed and rebuilt before',
  },
  'prometheus/extraLabels.ts': {
    attackedIn: 'prometheus/series/parseSliQuery.property.test.ts',
  },
  'kiali/KialiSession.ts': {
    attackedIn: 'plugin.fuzz.test.ts',
  },
  'kubernetes/KubernetesObjectEditor.ts': {
    attackedIn: 'kubernetes/clusterAnswers.fuzz.test.ts',
  },
  'kubernetes/discoverKinds.ts': {
    attackedIn: 'kubernetes/clusterAnswers.fuzz.test.ts',
  },
  'kubernetes/listObjects.ts': {
    attackedIn: 'kubernetes/clusterAnswers.fuzz.test.ts',
  },
  'fleet/FleetService.ts': { routes: ['get /v1/fleet'] },
  'http/facts/factsRouter.ts': { routes: ['get /v1/facts'] },
  'http/ownership/ownershipRouter.ts': {
    routes: ['get /v1/ownership/contested'],
  },
  'http/readBody.ts': {
    routes: [
      ...['post /v1/facts', 'post /v1/canaries', 'post /v1/canaries/preflight'],
      'post /v1/canaries/{id}/actions',
      'post /v1/entities/{kind}/{namespace}/{name}/requests',
      'post /v1/entities/{kind}/{namespace}/{name}/review/applications',
      'post /v1/entities/{kind}/{namespace}/{name}/review/applications/{id}/actions',
    ],
  },
  'canary/service/canaryPresets.ts': {
    notFromOutside: 'plans of the configuration, read before',
  },
  'canary/service/withDefaults.ts': {
    routes: ['post /v1/canaries', 'post /v1/canaries/preflight'],
  },
  'canary/gates/judge.ts': {
    notFromOutside: 'names of gates of the configuration',
  },
  'canary/engine/CodeGate.ts': {
    notFromOutside: 'objects of modules in the same process',
  },
  'canary/store/DatabaseCanaryStore.ts': { notFromOutside: 'our own rows' },
  'canary/store/canaryRow.ts': { notFromOutside: 'our own rows' },
  'canary/store/routeKey.ts': { notFromOutside: 'our own rows' },
  'fixes/wanted/rulesDigest.ts': {
    attackedIn: 'fixes/wanted/rulesDigest.test.ts',
  },
  'fixes/FixRequestStore.ts': { notFromOutside: 'our own rows' },
  'fixes/apply/ApplicationStore.ts': { notFromOutside: 'our own rows' },
  'fixes/apply/carryOut.ts': {
    notFromOutside: 'copies of what the cluster answered, parsed before',
  },
  'facts/store/DatabaseFactsStore.ts': { notFromOutside: 'our own rows' },
  'security/MeshWorkload.ts': { notFromOutside: 'keys that it wrote' },
  'target/parseInSlices.ts': { attackedIn: 'target/parseInSlices.test.ts' },
  'target/tlsAgent.ts': {
    notFromOutside: 'certificates of the configuration, as the start read them',
  },
  'kubernetes/kubeConfigOf.ts': {
    notFromOutside: "the administrator's kubeconfig, at the start",
  },
};

const ENUMERATION = 'a word of the address, against an enumeration';
const OWN_ANSWER = 'answers of our own backend';

/** The same of the other plugins, by their paths below `plugins`. */
export const readersOfOthers: Record<
  string,
  { attackedIn: string } | { notFromOutside: string }
> = {
  'scaffolder-backend-module-ai-mesh/src/fixes/parseManifest.ts': {
    attackedIn: 'fixes/manifests.fuzz.test.ts',
  },
  'scaffolder-backend-module-ai-mesh/src/fixes/editManifest.ts': {
    attackedIn: 'fixes/manifests.fuzz.test.ts',
  },
  'scaffolder-backend-module-ai-mesh/src/fixes/guardedPatch.ts': {
    notFromOutside: OWN_ANSWER,
  },
  'ai-mesh/src/components/Topology/expression/parseExpression.ts': {
    attackedIn: 'components/Topology/expression/expression.fuzz.test.ts',
  },
  'ai-mesh/src/components/Topology/graph/useLayout.ts': {
    notFromOutside: 'what it wrote itself',
  },
  'ai-mesh/src/components/Canary/request/usePreview.ts': {
    notFromOutside: 'what it wrote itself',
  },
  'ai-mesh/src/components/Canary/request/planDraft.ts': {
    notFromOutside: 'a form of the screen, which the backend reads anew',
  },
  'ai-mesh/src/components/Canary/actions/useAction.ts': {
    notFromOutside: OWN_ANSWER,
  },
  'ai-mesh/src/components/Canary/gates/gateName.ts': {
    notFromOutside: OWN_ANSWER,
  },
  'ai-mesh/src/components/Objects/yamlLines.ts': { notFromOutside: OWN_ANSWER },
  'ai-mesh/src/components/Review/filterFindings.ts': {
    notFromOutside: ENUMERATION,
  },
  'ai-mesh/src/components/Screen/Screen.tsx': { notFromOutside: OWN_ANSWER },
  'ai-mesh/src/components/States/classifyError.ts': {
    notFromOutside: OWN_ANSWER,
  },
  'ai-mesh-common/src/client/AiMeshClient.ts': { notFromOutside: OWN_ANSWER },
  'ai-mesh-common/src/client/AiMeshCanaryClient.ts': {
    notFromOutside: OWN_ANSWER,
  },
};
