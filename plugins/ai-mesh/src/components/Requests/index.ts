export * from './FollowedRequests';
export * from './RequestLine';
export * from './RequestList';
export * from './RequestsBeside';
