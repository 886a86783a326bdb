export * from './createKiali';
export type { KialiStrategy } from './KialiSessions';
