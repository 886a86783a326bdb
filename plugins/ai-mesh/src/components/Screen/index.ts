export * from './Choice';
export * from './Screen';
export * from './ScreenFrame';
