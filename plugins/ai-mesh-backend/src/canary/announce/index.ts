export { announceToAll } from './announceToAll';
export { CanarySignal } from './CanarySignal';
export { EventAnnouncer } from './EventAnnouncer';
export { PeopleAnnouncer } from './PeopleAnnouncer';
