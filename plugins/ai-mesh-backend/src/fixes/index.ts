export * from './apply/FixAnnouncer';
export * from './apply/FixApplications';
export * from './FixRequests';
export * from './wanted/WantedFixes';
