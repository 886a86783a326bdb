export * from './scenes';
export * from './SceneStage';
