import type { Analyzer } from '../Analyzer';
import { billedMirrors } from './billedMirrors';
import { billedRetries } from './billedRetries';
import { competingRoutes } from './competingRoutes';
import { deadGatewayRule } from './deadGatewayRule';
import { deadRules } from './deadRules';
import { defaultRetries } from './defaultRetries';
import { disabledPort } from './disabledPort';
import { ejectionCapacity } from './ejectionCapacity';
import { externalProviders } from './externalProviders';
import { fullAccessLog } from './fullAccessLog';
import { identityInPlaintext } from './identityInPlaintext';
import { idleDestinationRule } from './idleDestinationRule';
import { idleOutlierDetection } from './idleOutlierDetection';
import { idleTimeout } from './idleTimeout';
import { leftOnFaults } from './leftOnFaults';
import { missingDestination } from './missingDestination';
import { missingMirror } from './missingMirror';
import { missingOutlierDetection } from './missingOutlierDetection';
import { missingTimeout } from './missingTimeout';
import { modelTag } from './modelTag';
import { notStrict } from './notStrict';
import { oldApiVersion } from './oldApiVersion';
import { openAccess } from './openAccess';
import { poolLimits } from './poolLimits';
import { retriesBeyondTimeout } from './retriesBeyondTimeout';
import { sampling } from './sampling';
import { shortTimeout } from './shortTimeout';
import { stableKept } from './stableKept';
import { streamRetries } from './streamRetries';
import { tlsConflict } from './tlsConflict';
import { unexportedBreakers } from './unexportedBreakers';
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
  notStrict,
  disabledPort,
  tlsConflict,
  openAccess,
  identityInPlaintext,
  modelTag,
  sampling,
  fullAccessLog,
  externalProviders,
  oldApiVersion,
];
