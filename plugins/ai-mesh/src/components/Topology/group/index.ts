export * from './foldGroups';
export * from './Groups';
export * from './GroupChoice';
export * from './useGroups';
