/**
 * What AI Mesh's frontend and backend say to each other.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './annotations';
export * from './budgetState';
export * from './channels';
export * from './client';
export * from './entityPage';
export * from './events';
export * from './facts';
export * from './permissions';
export * from './review';
export * from './searchDocument';
export * from './texts';
export * from './words';
