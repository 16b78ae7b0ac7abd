import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type House, issuer } from './house.ts'

export type Task =
  | { readonly do: 'redeem'; readonly email: string; readonly typed: string; readonly times: number }
  | { readonly do: 'password'; readonly email: string; readonly password: string; readonly times: number }
  | {
      readonly do: 'consume'
      readonly challenge: string
      readonly boundTo: string
      readonly times: number
    }

/** A second application process on the same database, held at the start line until told to go. */
export function otherProcess(house: House, task: Task) {
  const script = fileURLToPath(new URL('./other-process-main.ts', import.meta.url))
  const argument = {
    ...task,
    connection: house.database.appConnection,
    codeKey: Buffer.from(house.codeKey).toString('hex'),
    limitKey: Buffer.from(house.keys.current('rate-limits').bytes).toString('hex'),
    sealKey: Buffer.from(house.keys.current('sealed-tokens').bytes).toString('hex'),
    issuer,
    index: 'email' in task ? Buffer.from(house.indexOf(task.email)).toString('hex') : '',
    now: house.clock.now().toISOString(),
  }
  const child = spawn(process.execPath, [script, JSON.stringify(argument)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  return {
    ready: next,
    go: async (): Promise<readonly string[]> => {
      child.stdin.write('go\n')
      return JSON.parse(await next())
    },
  }
}
