import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { prepareTemplate } from './postgres.ts'

const prefix = 'placet-test-'

/** A run that was killed leaves its cluster behind, with the pid of the run in its name. */
const sweepAbandonedClusters = async () => {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1])
    if (pid > 0 && !isAlive(pid)) await removeEmbeddedPostgres(join(tmpdir(), name))
  }
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * One PostgreSQL for a whole run. Every project with this set-up calls it in the same process: the directory's name is kept in
 * the environment, so the first one starts the cluster, the others are given the same, and the first one ends it.
 */
export const setup = async (project: TestProject) => {
  process.env['PLACET_TEST_CLUSTER'] ??= join(tmpdir(), `${prefix}${process.pid}-${randomUUID().slice(0, 8)}`)
  const directory = process.env['PLACET_TEST_CLUSTER']
  await sweepAbandonedClusters()
  const cluster = await startEmbeddedPostgres({
    directory,
    durable: false,
    settings: { max_connections: '200', shared_buffers: '64MB' },
  })
  await prepareTemplate(cluster.connection('postgres'))
  project.provide('databaseCluster', cluster.connection('postgres'))

  return async () => {
    await cluster.stop()
    if (!cluster.reused) await removeEmbeddedPostgres(directory)
  }
}
