export * from './HorizontalAutoscaler';
