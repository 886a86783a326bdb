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
import { idleTimeout } from './idleTimeout';
import { leftOnFaults } from './leftOnFaults';
import { missingDestination } from './missingDestination';
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
  missingDestination,
  idleDestinationRule,
  deadRules,
  competingRoutes,
  weightSum,
  leftOnFaults,
  billedMirrors,
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
