/** Fields of software templates' forms that pick a service and a version from the mesh. */
export const templateFields = {
  'template.version': 'Version',
  'template.share': '{{version}} · {{share}} of the traffic now',
  'template.entityFirst': 'Choose the entity first.',
  'template.loading': 'Asking the mesh…',
  'template.partly':
    'Not every cluster answers: what runs in the others is not offered.',
  'template.unreadable':
    'The mesh could not be asked: {{why}}. Write the name; the template’s step checks it.',
  'template.gone': '{{name}} is not there (any more): choose another.',
  'template.noService':
    'This entity has no service in the mesh whose traffic can be moved.',
  'template.whichService': 'The entity has several services: choose one first.',
  'template.noVersion': 'The service has no versions to choose from.',
} as const;
