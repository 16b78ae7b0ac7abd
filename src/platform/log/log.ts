import { type DestinationStream, type Logger, pino } from 'pino'
import { describeError } from './described-error.ts'
import { allowedFields, type LogFields } from './log-fields.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** `event` is a constant such as `http.answered`: lower-case words joined by dots. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields, error?: unknown): void
  error(event: string, fields?: LogFields, error?: unknown): void
  /** A log whose lines all carry these fields: the request id, the job. */
  with(fields: LogFields): Log
}

export interface LogOptions {
  readonly level: LogLevel
  readonly destination?: DestinationStream
}

const eventName = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/

export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return wrap(destination === undefined ? pino(options) : pino(options, destination))
}

/** Says nothing: for commands and tests that want none. */
export const silentLog: Log = createLog({ level: 'silent' })

function wrap(lines: Logger): Log {
  const write = (
    level: 'debug' | 'info' | 'warn' | 'error',
    event: string,
    fields: LogFields,
    error?: unknown,
  ) => {
    if (!lines.isLevelEnabled(level)) return
    const told = error === undefined ? {} : { error: describeError(error) }
    lines[level]({ ...allowedFields(fields), ...told }, eventName.test(event) ? event : 'unnamed')
  }
  return {
    debug: (event, fields = {}) => write('debug', event, fields),
    info: (event, fields = {}) => write('info', event, fields),
    warn: (event, fields = {}, error) => write('warn', event, fields, error),
    error: (event, fields = {}, error) => write('error', event, fields, error),
    with: (fields) => wrap(lines.child(allowedFields(fields))),
  }
}
