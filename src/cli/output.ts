import type { Environment } from '../platform/config/index.ts'

export interface Stream {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Where a command says things. Results go to standard output, what is for people only goes to standard error. */
export interface Output {
  readonly json: boolean
  line(text: string): void
  /** The result as one JSON document, in `--json` mode the only thing on standard output. */
  document(value: unknown): void
  note(text: string): void
  /** One line that is written over as things go on; only for a person at a terminal. */
  progress(text: string): void
  good(text: string): string
  bad(text: string): string
}

/** Colours only for a person at a terminal who did not ask for none (no-color.org). */
export const wantsColour = (env: Environment, stream: Stream): boolean =>
  stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'

export function createOutput(options: {
  readonly json: boolean
  readonly colour: boolean
  readonly stdout: Stream
  readonly stderr: Stream
}): Output {
  const paint = (code: number, text: string) => (options.colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  return {
    json: options.json,
    line: (text) => {
      if (!options.json) options.stdout.write(`${text}\n`)
    },
    document: (value) =>
      void options.stdout.write(`${JSON.stringify(value, null, options.json ? undefined : 2)}\n`),
    note: (text) => void options.stderr.write(`${text}\n`),
    progress: (text) => {
      if (options.stderr.isTTY === true) options.stderr.write(`\r\u001b[2K${text}`)
    },
    good: (text) => paint(32, text),
    bad: (text) => paint(31, text),
  }
}
