/* One part, so that what the review says, and how a fix is shown, is loaded once for an entity's findings and for everybody's. */
export * from './ReviewScreen';
export * from '../Fleet/findings/FleetFindingsView';
