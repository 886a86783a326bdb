export * from './ObjectButton';
export * from './sameObject';
export * from './YamlDrawer';
