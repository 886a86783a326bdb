/** What people are told in the portal's notifications, in English. */
export const newsTextsEn = {
  'news.canary': 'The canary of {{name}} ({{version}}) {{says}}',
  'news.canaryIn':
    'The canary of {{name}} ({{version}}) in {{clusters}} {{says}}',
  'news.waits': 'waits for approval',
  'news.approved': 'was approved',
  'news.rejected': 'was rejected',
  'news.cancelled': 'was cancelled',
  'news.expired': 'expired: nobody decided on it',
  'news.failed': 'could not start',
  'news.paused': 'was paused',
  'news.drift': 'is paused: the route was changed by somebody else',
  'news.heldTooLong': 'is paused: it was held for too long',
  'news.disowned': 'is paused: it is not proven any more whose Service it is',
  'news.couldNotWrite': 'is paused: the route could not be written',
  'news.couldNotRestore': 'could not be rolled back yet',
  'news.asksForConfirmation': 'waits for a confirmation',
  'news.rollingBack': 'is being rolled back',
  'news.notTakenBack':
    'stays promoted, and others of its request are rolled back',
  'news.stopped': 'does not start',
  'news.restored': 'was rolled back',
  'news.promoted': 'was promoted',
  'news.cleanUpOffered': 'can be cleaned up',
  'news.cleanUpRefused': 'could not be cleaned up',
  'news.cleanedUp': 'was cleaned up',

  'news.fix': 'The fix of {{code}} for {{name}} {{says}}',
  'news.fixOf': '{{kind}} {{object}} on {{cluster}}.',
  'news.applied': 'was applied',
  'news.undone': 'was undone',
  'news.takenBack': 'was taken back',
  'news.notApplied': 'was not applied',
  'news.notUndone': 'was not undone',

  'news.budget': 'The error budget of {{name}} is spent: {{objective}}',
  'news.budgetOfModel':
    'The error budget of {{name}} is spent: {{objective}} ({{model}})',
  'news.promised': 'On {{cluster}} {{target}} was promised.',
  'news.overspent': 'The error budget is overspent by {{share}}.',
  'news.spent': 'Nothing of the error budget is left.',
  'news.finding': '{{name}} has a new finding of high severity: {{code}}',
  'news.certificate': 'A certificate of {{name}} ends soon',
  'news.certificateEnds':
    'The certificate of {{workload}} on {{cluster}} ends on {{end, moment}}, and was not renewed in time.',
  'news.rootEnds':
    'The certificate of the root on {{cluster}} ends on {{end, moment}}, and was not renewed in time.',
};
