export type { WrittenAffinity } from './affinity';
export { CANARY_ANNOTATION, canariesOn } from './annotation';
export { describePatch } from './describePatch';
export { editSplit, originalOf, removeMarks } from './editSplit';
export { whyNoAffinity } from './editAffinity';
export { findRule, type FoundRule, type SplitSelector } from './findRule';
export {
  isVersion,
  versionHost,
  versionText,
  type FullVersion,
} from './FullVersion';
export type { JsonRecord } from './json';
export { readSplit, sameWeights, type SplitReading } from './readSplit';
export { presentPercent, sharesOf, stepsOf, highestPercent } from './shares';
export type {
  SplitContext,
  SplitEdit,
  SplitOriginal,
  SplitTarget,
} from './SplitContext';
export { SplitRefusal, type SplitRefusalCode } from './SplitRefusal';
export { whyNoHeaderRule } from './headerConditions';
