export { CompareChoice } from './CompareChoice';
export type { CallChange, Comparison } from './compareTopologies';
export { ComparedTopology } from './ComparedTopology';
export {
  compareVersions,
  parseVersions,
  VERSIONS,
  versionsIn,
} from './compareVersions';
export { ComparisonNotice } from './ComparisonNotice';
export { ComparisonTable } from './ComparisonTable';
export { changeLines, turnTones } from './describeChange';
export { momentOf, useComparedMoment } from './useComparedMoment';
