export {
  endpointEvidence,
  gatherEvidence,
  type EvidenceRequest,
} from './gatherEvidence';
export {
  subsetLabels,
  versionSeries,
  type VersionSeries,
  type VersionWorkload,
} from './VersionSeries';
