/** Why a fact is not known, in English. */
export const factTextsEn = {
  'facts.computedLast': 'It was computed last at {{at, moment}}.',
  'facts.lookedLast': 'It was looked at last at {{at, moment}}.',
  'facts.noTurnYet': "The entity's turn has not come yet.",
  'facts.databaseAway':
    "The portal's database cannot be used at present, so what is stored is not known.",
  'facts.readingCluster':
    "The cluster '{{cluster}}' has not been read completely yet.",
  'facts.nothingFound': 'Nothing was found for {{annotation}}: {{value}}.',
  'facts.noObjectives': 'The entity has no objectives.',
  'facts.promisesUnseen':
    'Nothing of what the OpenSLO document promises can be seen in the series that exist.',
  'facts.young':
    'All events of {{name}} are from the last {{within, span}} of its {{period, span}}: too early to judge it by.',
  'facts.noMonthlyAvailability':
    'The entity has no availability objective with a rolling period of 30 days.',
  'facts.noModels': 'No series of any model exist for the entity.',
  'facts.currencies':
    'The models are paid for in several currencies, which do not add up: {{currencies}}.',
  'facts.noWorkload': 'No workload of the service is known.',
  'facts.noCertificate': 'No workload has a certificate of the mesh.',
  'facts.noPod': 'A workload has no pod to tell it from.',
  'facts.noTimeout': 'No route to the services has a timeout.',
  'facts.noCanary': 'No canary moved traffic in the last 90 days.',
  'facts.canariesForgotten':
    'Canaries that ended are kept for {{kept, span}} only (aiMesh.canary.history.keepFor): what ended earlier in the last 90 days is not known.',
};
