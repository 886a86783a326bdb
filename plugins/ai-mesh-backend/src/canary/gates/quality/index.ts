export {
  beginQuality,
  qualityFromNewWeights,
  takeInQuality,
  type EventSlice,
  type QualityEvidence,
  type QualityMeasures,
  type QualityNumber,
} from './QualityEvidence';
export type { ValueSlice } from './LearntMean';
export {
  bucketsOf,
  FIRST_TOKEN,
  offerOf,
  testedCount,
  type MeanGate,
  type QualityGate,
  type ShareGate,
} from './QualityGate';
export { titleOf, titlesOf } from './titles';
export {
  judgeMean,
  qualityFindings,
  type QualityContext,
} from './qualityFindings';
