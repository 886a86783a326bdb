export * from './OverviewService';
export { overviewTotal } from './overviewTotal';
