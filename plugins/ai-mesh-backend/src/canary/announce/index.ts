export { CanarySignal } from './CanarySignal';
export { PeopleAnnouncer } from './PeopleAnnouncer';
