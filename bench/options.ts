import { parseArgs } from 'node:util'

export interface BenchOptions {
  readonly json: boolean
  readonly write: boolean
  readonly quick: boolean
  /** Instead of the scenarios: what permissions cost as people become more. */
  readonly growth: boolean
  readonly only: readonly string[]
  readonly seconds: number
  readonly connections: number
  readonly people: number
}

export const usage = `npm run bench -- [options]

  --only id,id       only these scenarios; S1 means all of S1
  --seconds N        seconds of each step (4)
  --connections N    connections in use at once (16)
  --people N         people in the house (1000)
  --growth           instead: permissions with 10^4, 10^5 and 10^6 people
  --quick            one-second steps, fewer of them: to see that it runs, not how fast
  --json             the result as JSON on stdout, everything else on stderr
  --write            puts the table into docs/benchmarks.md
`

export class OptionsRefused extends Error {}

function positive(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0) throw new OptionsRefused(`--${name} wants a number above zero`)
  return value
}

export function readOptions(words: readonly string[], known: readonly string[]): BenchOptions {
  const { values } = parse(words)
  const only = (values.only ?? '').split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]))
  const unknown = only.filter((id) => !known.some((one) => names(one, id)))
  if (unknown.length > 0)
    throw new OptionsRefused(`there is no scenario ${unknown.join(', ')}: ${known.join(', ')}`)
  const quick = values.quick === true
  return {
    json: values.json === true,
    write: values.write === true,
    quick,
    growth: values.growth === true,
    only,
    seconds: positive('seconds', values.seconds, quick ? 1 : 4),
    connections: Math.ceil(positive('connections', values.connections, quick ? 8 : 16)),
    people: Math.ceil(positive('people', values.people, quick ? 100 : 1000)),
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        json: { type: 'boolean' },
        write: { type: 'boolean' },
        quick: { type: 'boolean' },
        growth: { type: 'boolean' },
        only: { type: 'string' },
        seconds: { type: 'string' },
        connections: { type: 'string' },
        people: { type: 'string' },
      },
    })
  } catch (error) {
    throw new OptionsRefused(error instanceof Error ? error.message : String(error))
  }
}

/** `S1` means both of S1; `S1-jwt` means that one. Case does not matter. */
function names(id: string, asked: string): boolean {
  const [own, wanted] = [id.toLowerCase(), asked.toLowerCase()]
  return own === wanted || own.startsWith(`${wanted}-`)
}

export const chosen = (id: string, only: readonly string[]): boolean =>
  only.length === 0 || only.some((asked) => names(id, asked))
