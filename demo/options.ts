import { parseArgs } from 'node:util'

export interface DemoOptions {
  readonly port: number
  readonly reset: boolean
  readonly json: boolean
  readonly open: boolean
}

export const usage = `npm run demo -- [options]
  --port N    first of five ports in a row (default 4400)
  --reset     forget everything and start over
  --json      print one line of JSON when ready
  --no-open   do not open a browser
  --help      this text
`

/** Throws with a sentence that says what is wrong; the caller prints it with the usage. */
export function demoOptions(argv: readonly string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: '4400' },
      reset: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      open: { type: 'boolean', default: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowNegative: true,
  })
  if (values.help) return 'help'
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_531) {
    throw new Error(`--port takes a whole number from 1 to 65531, not "${values.port}".`)
  }
  return { port, reset: values.reset, json: values.json, open: values.open }
}
