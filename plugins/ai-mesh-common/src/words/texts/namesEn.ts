/** What is shown by a name that the mesh does not give it, in English. */
export const nameTextsEn = {
  'name.callers': 'Callers that Istio could not name',
  'name.destination': 'A destination that Istio could not name',
  'name.blocked': 'Blocked by the mesh ({{name}})',
  'name.outside': 'Hosts outside the mesh ({{name}})',
  'name.hidden': 'a service you may not see ({{number}})',
};
