export * from './applicable';
export * from './jsonPatch';
