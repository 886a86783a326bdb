export { decisionPower } from './decisionPower';
export { expectRun, usual, type Foreseen } from './expectRun';
