export * from './readable';
export * from './tones';
export * from './useTones';
