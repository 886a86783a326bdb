export * from './Choice';
export * from './MomentField';
export * from './Screen';
export * from './ScreenFrame';
