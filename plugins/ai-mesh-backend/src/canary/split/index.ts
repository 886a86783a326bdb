export { CANARY_ANNOTATION, canariesOn } from './annotation';
export { describePatch } from './describePatch';
export {
  editSplit,
  originalOf,
  removeMarks,
  type SplitContext,
  type SplitEdit,
  type SplitOriginal,
  type SplitTarget,
} from './editSplit';
export { findRule, type FoundRule, type SplitSelector } from './findRule';
export { isVersion, versionText, type FullVersion } from './FullVersion';
export type { JsonRecord } from './json';
export { readSplit, sameWeights, type SplitReading } from './readSplit';
export { presentPercent, sharesOf, stepsOf, highestPercent } from './shares';
export { SplitRefusal, type SplitRefusalCode } from './SplitRefusal';
export { whyNoHeaderRule } from './headerConditions';
