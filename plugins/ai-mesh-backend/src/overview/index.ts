export * from './OverviewService';
