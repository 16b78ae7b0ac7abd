import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of /proc: USER_HZ has been 100 on every Linux for twenty years, whatever the kernel's own HZ. */
const microsecondsPerTick = 10_000

interface ProcessLine {
  readonly parent: number
  readonly ticks: number
}

/** Fields after the command, which stands in brackets and may itself hold spaces and brackets. */
export function parseProcessLine(text: string): ProcessLine | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [parent, user, system, childUser, childSystem] = [1, 11, 12, 13, 14].map((at) => Number(fields[at]))
  const ticks = Number(user) + Number(system) + Number(childUser) + Number(childSystem)
  return parent === undefined || !Number.isFinite(parent) || !Number.isFinite(ticks)
    ? undefined
    : { parent, ticks }
}

const readLine = (pid: number | string): ProcessLine | undefined => {
  try {
    return parseProcessLine(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined
  }
}

export const parentOf = (pid: number): number | undefined => readLine(pid)?.parent

/**
 * CPU of a process, of its living children and of those it has already buried (PostgreSQL has one process a connection,
 * and the connections of a pool come and go). Undefined where there is no /proc.
 */
export function processTreeCpuMicroseconds(root: number): number | undefined {
  const own = readLine(root)
  if (own === undefined) return undefined
  let ticks = own.ticks
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const line = readLine(name)
    if (line?.parent === root) ticks += line.ticks
  }
  return ticks * microsecondsPerTick
}
