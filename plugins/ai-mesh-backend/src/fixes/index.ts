export * from './apply/FixApplications';
export * from './FixRequests';
