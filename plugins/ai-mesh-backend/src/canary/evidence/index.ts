export { countBefore, trafficOfLate, type TrafficOfLate } from './countBefore';
export { LOOK_BACK_SECONDS } from './slicesBefore';
export { SETTLE_SECONDS } from './countQueries';
export { countRequests } from './countRequests';
export {
  endpointEvidence,
  gatherEvidence,
  partsWithoutSeries,
  type EvidenceRequest,
} from './gatherEvidence';
export { gatherQuality } from './gatherQuality';
export type { PartName } from './gateQueries';
export { MEMORY_SECONDS } from './requestQueries';
export { PatientPrometheus } from './PatientPrometheus';
export {
  subsetLabels,
  versionSeries,
  whyIndistinct,
  type VersionSeries,
  type VersionWorkload,
} from './VersionSeries';
export { findFirstToken, firstTokenGate } from './firstTokenGate';
