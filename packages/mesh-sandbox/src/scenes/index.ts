export * from './Scene';
export * from './scenes';
export * from './SceneStage';
