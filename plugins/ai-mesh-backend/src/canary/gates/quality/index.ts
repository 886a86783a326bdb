export {
  beginQuality,
  qualityFromNewWeights,
  takeInQuality,
  type EventSlice,
  type QualityEvidence,
  type QualityMeasures,
  type QualityNumber,
} from './QualityEvidence';
export { offerOf, type QualityGate } from './QualityGate';
export { qualityFindings, type QualityContext } from './qualityFindings';
