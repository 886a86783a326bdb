/** What is said where there is nothing to show. */
export const states = {
  'state.sample': 'What to write',
  'state.retry': 'Try again',
  'state.said': 'The backend said: {{message}}',
  'state.empty.title': 'The annotation found nothing in the mesh',
  'state.empty.body':
    'The entity says where it is by {{annotation}}: {{value}}. This is what was searched:',
  'state.empty.cluster': 'Cluster',
  'state.empty.selector': 'Looked for',
  'state.empty.found': 'Found',
  'state.empty.foundNothing': 'nothing',
  'state.empty.next':
    'Compare the selector with the labels of the Services (kubectl get services --show-labels), correct the annotation in the entity’s catalog-info.yaml, or name the Services directly:',
  'state.withheld.title': 'What the annotation finds is not this entity’s',
  'state.withheld.body':
    'The entity claims it by {{annotation}}: {{value}}, and you may not see the mesh of whom it belongs to. Whoever runs the Services can mark them, or their namespace, with ai-mesh.io/entity. This is what was searched:',
  'state.tooMany.title': 'Too much was asked in a short time',
  'state.tooMany.body':
    'The portal limits how much one person may ask. This page tries again by itself; close other tabs with AI Mesh if it stays so.',
  'state.badSettings.title': 'AI Mesh’s settings cannot be used',
  'state.badSettings.body':
    'Nothing of the mesh is read until whoever looks after the portal has corrected aiMesh in its app-config.yaml and started it again.',
  'state.badSettings.said': 'What is wrong',
  'state.forbidden.title': 'You may not see this entity’s mesh',
  'state.forbidden.body':
    'Reading it needs the permission {{permission}} on {{entity}}. Ask the people who look after the portal’s permission policy.',
  'state.forbidden.ofSystem':
    'Its topology is that of its components, and reading theirs needs the permission {{permission}} on them. Ask the people who look after the portal’s permission policy.',
  'state.sourceForbidden.title': 'The cluster refuses the portal',
  'state.sourceForbidden.body':
    'The portal’s service account may not list the mesh’s objects, so the entity cannot be looked up. Grant it read access; the sources below say what was refused.',
  'state.unreachable.title': 'No cluster answers',
  'state.unreachable.body':
    'The entity could not be looked up, because no cluster answered. It may well be there. This page tries again by itself.',
  'state.backendUnreachable.title': 'AI Mesh’s backend does not answer',
  'state.backendUnreachable.body':
    'The portal’s backend could not be reached, or failed. This page tries again by itself; if it stays so, look at the backend’s log.',
  'state.backendMissing.title': 'AI Mesh’s backend is not installed',
  'state.backendMissing.body':
    'The portal’s backend knows no plugin “ai-mesh”. Add it to packages/backend/src/index.ts:',
  'state.entityMissing.title': 'The backend does not know this entity',
  'state.entityMissing.body':
    'The catalog has no {{entity}} that you may see. It may have been removed or renamed.',
  'state.noComponents.title': 'No component of this system is in the mesh',
  'state.noComponents.body':
    'The catalog has {{entity}}, but none of its components that you may see says where it is in the mesh. Name the system and the Services in a component’s catalog-info.yaml:',
  'state.badAnnotation.title': 'The request was not understood',
  'state.badAnnotation.body':
    'An annotation of the entity, or a parameter in the address, is malformed.',
  'state.signedOut.title': 'You are signed out',
  'state.signedOut.body':
    'The session is over. Reload the page to sign in again.',
  'state.codeMissing.title': 'This part of the page could not be loaded',
  'state.codeMissing.body':
    'The portal may have been updated since the page was opened, or the connection failed. Try again; if it stays so, reload the page.',
  'state.badAnswer.title': 'The backend’s answer was not understood',
  'state.badAnswer.body':
    'The frontend and the backend of AI Mesh may be of different versions. Update both to the same one.',
  'state.notConfigured.title': 'No cluster is configured',
  'state.notConfigured.body':
    'AI Mesh does not know any cluster yet. Add one to app-config.yaml:',
} as const;
