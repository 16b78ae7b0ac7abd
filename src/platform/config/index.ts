/**
 * What the operator decided. The environment is read once, here, into one typed tree; everything that contradicts itself
 * or is unsafe stops the start, all of it listed at once, each line saying what to set (R120).
 */
export type { Config, Role } from './config.ts'
export { ConfigRefused } from './config.ts'
export type { Environment } from './env.ts'
export { readEnvironment } from './env.ts'
export { loadConfig } from './load-config.ts'
export { publishedSecret } from './secret-bytes.ts'
