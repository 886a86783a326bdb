import type { Analyzer } from '../Analyzer';
import { ambientPlugins, ambientPolicies } from './ambientPolicies';
import { ambientRoutes } from './ambientRoutes';
import { ambientWorkloads } from './ambientWorkloads';
import { ambientSidecars } from './ambientSidecars';
import { billedMirrors } from './billedMirrors';
import { billedRetries } from './billedRetries';
import { claimRoutes } from './claimRoutes';
import { clusterDifferences } from './clusterDifferences';
import { competingRoutes } from './competingRoutes';
import { deadGatewayRule } from './deadGatewayRule';
import { deadRules } from './deadRules';
import { defaultRetries } from './defaultRetries';
import { disabledPort } from './disabledPort';
import { doubledSelectors } from './doubledSelectors';
import { ejectionCapacity } from './ejectionCapacity';
import { entryConflicts } from './entryConflicts';
import { externalProviders } from './externalProviders';
import { fullAccessLog } from './fullAccessLog';
import { gatewayReferences } from './gatewayReferences';
import { everyoneRefused } from './everyoneRefused';
import { gatewaySelectors } from './gatewaySelectors';
import { identityInPlaintext } from './identityInPlaintext';
import { idleDestinationRule } from './idleDestinationRule';
import { idleOutlierDetection } from './idleOutlierDetection';
import { idleSelectors } from './idleSelectors';
import { idleTimeout } from './idleTimeout';
import { injection } from './injection';
import { ineffectivePolicies } from './ineffectivePolicies';
import { leftOnFaults } from './leftOnFaults';
import { localListeners } from './localListeners';
import { missingDestination } from './missingDestination';
import { missingMirror } from './missingMirror';
import { missingOutlierDetection } from './missingOutlierDetection';
import { missingTimeout } from './missingTimeout';
import { modelTag } from './modelTag';
import { negativeConditions } from './negativeConditions';
import { notStrict } from './notStrict';
import { oldApiVersion } from './oldApiVersion';
import { openAccess } from './openAccess';
import { policyReferences } from './policyReferences';
import { poolLimits } from './poolLimits';
import { portNames } from './portNames';
import { repeatedDestination } from './repeatedDestination';
import { retriesBeyondTimeout } from './retriesBeyondTimeout';
import { routeParents } from './routeParents';
import { ruleConflicts } from './ruleConflicts';
import { sampling } from './sampling';
import { sharedWorkloads } from './sharedWorkloads';
import { shortTimeout } from './shortTimeout';
import { sidecarHosts } from './sidecarHosts';
import { stableKept } from './stableKept';
import { streamRetries } from './streamRetries';
import { tlsConflict } from './tlsConflict';
import { undeclaredPorts } from './undeclaredPorts';
import { unexportedBreakers } from './unexportedBreakers';
import { unknownExports } from './unknownExports';
import { unknownGrants } from './unknownGrants';
import { unsplitIngress } from './unsplitIngress';
import { unverifiedServers } from './unverifiedServers';
import { weightSum } from './weightSum';

/** Every check of the review, in the order of its codes. */
export const analyzers: readonly Analyzer[] = [
  missingTimeout,
  shortTimeout,
  billedRetries,
  retriesBeyondTimeout,
  streamRetries,
  defaultRetries,
  missingOutlierDetection,
  deadGatewayRule,
  ejectionCapacity,
  poolLimits,
  idleTimeout,
  unexportedBreakers,
  idleOutlierDetection,
  missingDestination,
  missingMirror,
  idleDestinationRule,
  deadRules,
  competingRoutes,
  weightSum,
  leftOnFaults,
  billedMirrors,
  stableKept,
  gatewayReferences,
  routeParents,
  unsplitIngress,
  claimRoutes,
  ruleConflicts,
  repeatedDestination,
  unknownGrants,
  unknownExports,
  negativeConditions,
  entryConflicts,
  sidecarHosts,
  notStrict,
  disabledPort,
  tlsConflict,
  openAccess,
  identityInPlaintext,
  idleSelectors,
  doubledSelectors,
  policyReferences,
  ambientPolicies,
  ambientPlugins,
  ambientRoutes,
  ambientWorkloads,
  ineffectivePolicies,
  gatewaySelectors,
  ambientSidecars,
  everyoneRefused,
  unverifiedServers,
  modelTag,
  sampling,
  fullAccessLog,
  externalProviders,
  oldApiVersion,
  injection,
  portNames,
  undeclaredPorts,
  localListeners,
  sharedWorkloads,
  clusterDifferences,
];
