export * from './ChartPanel';
export type { ChartContent, Series } from './Series';
