export * from './gateSettings';
export * from './plan';
export * from './request';
export * from './verdict';
export * from './weights';
export * from './preflight';
export * from './actions';
export * from './view';
