export { ScorecardScreen } from './ScorecardScreen';
