/**
 * What the operator sees: lines and numbers. A line is the name of something that happened and fields from a closed list,
 * none of which can hold anything about a person; whatever is not on the list, or has not the shape the list says, is
 * dropped (R101). Free text has no way in, error messages included, because that is how addresses get into logs.
 */

export type { Log, LogLevel, LogOptions } from './log.ts'
export { createLog, logLevels, silentLog } from './log.ts'
export type { LogFields } from './log-fields.ts'
export type { Metrics } from './metrics.ts'
export { createMetrics } from './metrics.ts'
