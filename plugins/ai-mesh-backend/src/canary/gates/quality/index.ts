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
export { bucketsOf, offerOf, type QualityGate } from './QualityGate';
export { qualityFindings, type QualityContext } from './qualityFindings';
