import type { Knex } from 'knex'
import { conflict } from '../../../kernel/errors.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { PushBrowserId, StoredPushBrowser } from './push-browser.ts'
import type { PushBrowserReads, PushBrowserStore, PushStores } from './push-browser-store.ts'

interface Row {
  subject_id: SubjectId
  browser_id: PushBrowserId
  endpoint_index: Buffer
  key_id: string
  sealed_subscription: Buffer
  created_at: Date
}

const read = (row: Row): StoredPushBrowser => ({
  subjectId: row.subject_id,
  browserId: row.browser_id,
  endpointIndex: new Uint8Array(row.endpoint_index),
  keyId: row.key_id,
  sealedSubscription: new Uint8Array(row.sealed_subscription),
  createdAt: row.created_at,
})

const keyOf = (of: Pick<StoredPushBrowser, 'subjectId' | 'browserId'>) => ({
  subject_id: of.subjectId,
  browser_id: of.browserId,
})

export const pgPushBrowserReads = (db: Knex): PushBrowserReads => ({
  list: async (subjectId) =>
    (
      await db<Row>('push_browsers')
        .select('*')
        .where({ subject_id: subjectId })
        .orderBy(['created_at', 'browser_id'])
    ).map(read),
})

const pgPushBrowserStore = (db: Knex): PushBrowserStore => {
  const remove: PushBrowserStore['remove'] = async (of) => {
    await db('push_lookups').where(keyOf(of)).delete()
    return (await db('push_browsers').where(keyOf(of)).delete()) === 1
  }
  return {
    ...pgPushBrowserReads(db),
    remove,
    put: async (browser) => {
      const index = { endpoint_index: Buffer.from(browser.endpointIndex) }
      const former: Pick<Row, 'subject_id' | 'browser_id'> | undefined = await db('push_lookups')
        .where(index)
        .forUpdate()
        .first('subject_id', 'browser_id')
      const had = former && { subjectId: former.subject_id, browserId: former.browser_id }
      if (had !== undefined) await remove(had)
      const claimed = await db('push_lookups')
        .insert({ ...index, ...keyOf(browser) })
        .onConflict('endpoint_index')
        .ignore()
        .returning('browser_id')
      if (claimed.length === 0) throw conflict('push-browser-taken', 'Somebody turned it on a moment ago.')
      await db('push_browsers').insert({
        ...keyOf(browser),
        ...index,
        key_id: browser.keyId,
        sealed_subscription: Buffer.from(browser.sealedSubscription),
        created_at: browser.createdAt,
      })
      return had
    },
  }
}

export const pgPushStores = (trx: Knex.Transaction): PushStores => ({ pushBrowsers: pgPushBrowserStore(trx) })
