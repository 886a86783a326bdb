export * from './TrafficScreen';
