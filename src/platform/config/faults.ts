import type { Environment } from './env.ts'

/** The variables being read, and what was found wrong with them so far. */
export interface Reading {
  /** The value of a variable; undefined when unset or blank. */
  text(name: string): string | undefined
  /** Notes what is wrong and what to set instead. */
  fault(text: string): void
  readonly faults: readonly string[]
  /**
   * The value parsed, or `fallback` when the variable is unset. A value that `parse` answers undefined for is a fault
   * that says what the variable `must` be.
   */
  read<Value>(name: string, fallback: Value, parse: (text: string) => Value | undefined, must: string): Value
}

export function startReading(env: Environment): Reading {
  const faults: string[] = []
  const text = (name: string) => env[name]?.trim() || undefined
  const fault = (what: string) => void faults.push(what)
  return {
    text,
    fault,
    faults,
    read(name, fallback, parse, must) {
      const given = text(name)
      if (given === undefined) return fallback
      const value = parse(given)
      if (value === undefined) fault(`${name} must be ${must}`)
      return value ?? fallback
    },
  }
}
