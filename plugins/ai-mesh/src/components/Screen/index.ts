export * from './Choice';
export * from './LocalTimeField';
export * from './MomentField';
export * from './Screen';
export * from './ScreenFrame';
