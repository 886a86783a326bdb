export * from './TopologyScreen';
