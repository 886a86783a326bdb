export * from './Fault';
export * from './Faults';
export * from './faultMiddleware';
export * from './parseFault';
