import { readFile } from 'node:fs/promises'
import { PlacetError } from '../../kernel/errors.ts'

const tailLines = 15

export type EmbeddedFailure =
  | 'embedded-postgres-binaries'
  | 'embedded-postgres-cluster'
  | 'embedded-postgres-start'
  | 'embedded-postgres-lock'

/** What PostgreSQL itself said is the only useful part of such a failure, so it is always attached. */
export const embeddedFailure = (code: EmbeddedFailure, detail: string, output = '', cause?: unknown) => {
  const tail = output.trim().split('\n').slice(-tailLines).join('\n')
  return new PlacetError('unavailable', code, tail === '' ? detail : `${detail}\n${tail}`, { cause })
}

/** '' when the log was never written: then the failure came before PostgreSQL could speak. */
export const readLog = (file: string) => readFile(file, 'utf8').catch(() => '')

export const hasErrorCode = (error: unknown, ...codes: readonly string[]) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
