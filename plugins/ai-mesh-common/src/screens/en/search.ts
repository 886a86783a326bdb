/** A service in the mesh among the results of the portal's search. */
export const search = {
  'search.level': 'Level: {{level}}',
  'search.levelUnknown': 'Level: unknown',
  'search.findings': 'Findings: {{codes}}',
  'search.models': 'Models: {{models}}',
} as const;
