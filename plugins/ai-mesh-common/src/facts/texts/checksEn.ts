import type { CheckText, ReadyMadeCheckId } from '../checkTexts';

/** The words of the ready-made checks in English. @public */
export const checkTextsEn: Readonly<Record<ReadyMadeCheckId, CheckText>> = {
  mtls: {
    title: 'mTLS is STRICT or ready for it',
    why: 'Prompts and answers hold what customers write: in plaintext anybody on the way reads them.',
    todo: 'Apply the manifest that Security shows; where callers block it, give those a proxy first.',
  },
  authorization: {
    title: 'Authorization is present and effective',
    why: 'Whoever reaches a model spends money in its name.',
    todo: 'Write an AuthorizationPolicy that names the callers, and mend those without effect.',
  },
  retries: {
    title: 'Retries are not billed twice',
    why: 'A model that has answered is paid for, whether the answer arrives or not.',
    todo: 'Retry on connect-failure,refused-stream only, as the fix in Review does.',
  },
  timeouts: {
    title: 'Timeouts fit the p99',
    why: 'Without a timeout a model that hangs holds its callers; one that is too short cuts off answers that are paid for.',
    todo: 'Set a timeout above the p99 on every route.',
  },
  breaker: {
    title: 'The circuit breaker can open',
    why: 'Outlier detection that never fires lets a broken model take every caller with it.',
    todo: 'Set outlier detection whose every rule can fire, as the fix in Review does.',
  },
  slo: {
    title: 'SLO defined, and budget left',
    why: 'What nobody promised cannot be kept; a spent budget says that it is not.',
    todo: 'Write an OpenSLO document and name it in ai-mesh.io/slos; where the budget is spent, look which model spends it.',
  },
  'model-tag': {
    title: 'Traces name the model',
    why: 'A slow trace without its model says nothing of who is slow.',
    todo: 'Add a custom tag with the model to the Telemetry, as the fix in Review does.',
  },
  certificates: {
    title: 'Certificates are renewed',
    why: 'A certificate lives for a day: once renewal stops, every call fails with it.',
    todo: 'Look in Security at the workload whose certificate does not move on, and restart its pods.',
  },
  canary: {
    title: 'A canary with a quality gate in 90 days',
    why: 'A new model can be fast, without errors and wrong: only quality gates see that.',
    todo: 'Roll the next version out by a canary, with a quality gate in its plan.',
  },
  findings: {
    title: 'No high findings',
    why: 'A high finding is something broken, unprotected or paid for twice.',
    todo: 'Apply the fixes in Review, worst first.',
  },
};
