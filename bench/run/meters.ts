import type { PostgresMeter, PostgresReading } from '../meters/postgres-meter.ts'
import type { Usage } from '../process/orders.ts'
import type { Child } from '../process/start-child.ts'

/** The processes of a bench and the meter on the database they share. */
export interface Bench {
  readonly house: Child | undefined
  readonly floor: Child
  readonly generator: Child
  readonly postgres: PostgresMeter
}

export interface Reading {
  readonly postgres: PostgresReading
  readonly house: Usage | undefined
  readonly floor: Usage
  readonly generator: Usage
}

export async function readMeters({ house, floor, generator, postgres }: Bench): Promise<Reading> {
  return {
    postgres: await postgres.read(),
    house: await house?.ask('usage', null),
    floor: await floor.ask('usage', null),
    generator: await generator.ask('usage', null),
  }
}

/** Microseconds of CPU for one operation, by who spent them. Undefined: not measured, or spent within another. */
export interface CpuPerOperation {
  readonly app: number | undefined
  readonly postgres: number | undefined
  readonly generator: number | undefined
}
