import { mkdtemp, symlink, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../src/platform/embedded-postgres/index.ts'

/**
 * A PostgreSQL for one test file, which may stop and start it. Every start makes a new socket directory, so applications
 * are given a link to it: for them the server is gone for a while and then back in the same place.
 */
export async function startOwnCluster() {
  // Named like the run's own cluster, so that the next run sweeps it away when this one is killed.
  const directory = await mkdtemp(join(tmpdir(), `placet-test-${process.pid}-`))
  const link = join(directory, 's')
  let cluster: EmbeddedPostgres | undefined
  const start = async () => {
    cluster = await startEmbeddedPostgres({
      directory,
      durable: false,
      // Commits wait for whoever synchronous_standby_names asks for, as in production; fsync stays off.
      settings: { synchronous_commit: 'on', shared_buffers: '32MB', max_connections: '50' },
    })
    await unlink(link).catch(() => {})
    await symlink(cluster.socketDirectory, link)
  }
  await start()
  const owner = { ...cluster!.connection('placet'), host: link }
  await cluster!.createDatabase('placet')
  return {
    owner,
    app: { ...owner, user: 'placet_app' },
    start,
    stop: async () => cluster?.stop(),
    remove: async () => {
      await cluster?.stop()
      await removeEmbeddedPostgres(directory)
    },
  }
}
