export * from './FixRequests';
