/**
 * An entity's findings and everybody's, one part: what the review says, and how a fix is shown, comes once. Asked for from here
 * alone, which is loaded with what most screens show: a part that two others ask for is made for each of them.
 */
const findings = () => import('./findings');

export const reviewScreen = async () => (await findings()).ReviewScreen;
export const fleetFindingsView = async () =>
  (await findings()).FleetFindingsView;
