export { decisionPower } from './decisionPower';
export { foreseenGates } from './expectEvents';
export { expectRun, usual, type Foreseen } from './expectRun';
