export * from './BackendWords';
export * from './encryption';
export * from './EncryptionMark';
export * from './HealthMark';
export * from './Notice';
export * from './ToneMark';
export * from './toneIcons';
export * from './Unseen';
