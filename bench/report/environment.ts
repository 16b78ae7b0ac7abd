import { execFile } from 'node:child_process'
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { promisify } from 'node:util'

export interface Environment {
  readonly date: string
  readonly node: string
  readonly postgres: string
  readonly system: string
  readonly cores: number
  readonly processor: string
  readonly memoryGiB: number
  /** Over the last minute, before anything was started. */
  readonly loadAverage: number
  readonly revision: string | undefined
}

const askGit = async (...words: readonly string[]): Promise<string | undefined> => {
  try {
    return (await promisify(execFile)('git', [...words])).stdout.trim()
  } catch {
    return undefined
  }
}

async function revision(): Promise<string | undefined> {
  const commit = await askGit('rev-parse', '--short', 'HEAD')
  if (commit === undefined) return undefined
  const changes = await askGit('status', '--porcelain', '--untracked-files=no')
  return changes === '' ? commit : `${commit} with changes`
}

export async function describeEnvironment(postgres: string, loadAverage: number): Promise<Environment> {
  return {
    date: new Date().toISOString(),
    node: process.version,
    postgres,
    system: `${platform()} ${release()} ${arch()}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadAverage,
    revision: await revision(),
  }
}

/** Above this somebody else is using the machine, and everything costs 1.5 to 3 times as much. */
export const quietLoadAverage = 0.3

export const currentLoad = (): number => loadavg()[0] ?? 0

/** When, on what and how busy it was: what every figure has to be read with. */
export function describeMachine(environment: Environment): readonly string[] {
  const { date, node, postgres, system, cores, processor, memoryGiB, loadAverage, revision } = environment
  return [
    `${date.slice(0, 16).replace('T', ' ')} UTC, revision ${revision ?? 'unknown'}`,
    `${cores} cores (${processor}), ${memoryGiB} GiB, ${system}, Node ${node}, PostgreSQL ${postgres}, load average before ${loadAverage.toFixed(2)}`,
  ]
}
