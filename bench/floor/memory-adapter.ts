import type { Adapter, AdapterPayload } from 'oidc-provider'

const families = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken'])

/**
 * The engine's storage at its cheapest: a Map for everything. The one it ships keeps a thousand entries and forgets the
 * rest, which would drop sessions in the middle of a run. Expiry is left to the short life of the process.
 */
export function memoryAdapter(): (model: string) => Adapter {
  const rows = new Map<string, AdapterPayload>()
  const sessionIds = new Map<string, string>()
  const members = new Map<string, string[]>()

  return (model) => {
    const key = (id: string) => `${model}:${id}`
    return {
      async upsert(id, payload) {
        rows.set(key(id), payload)
        if (model === 'Session' && payload.uid !== undefined) sessionIds.set(payload.uid, id)
        if (payload.grantId !== undefined && families.has(model)) {
          const family = members.get(payload.grantId)
          if (family === undefined) members.set(payload.grantId, [key(id)])
          else family.push(key(id))
        }
      },
      find: async (id) => rows.get(key(id)),
      findByUid: async (uid) => rows.get(key(sessionIds.get(uid) ?? '')),
      findByUserCode: async () => undefined,
      async consume(id) {
        const row = rows.get(key(id))
        if (row !== undefined) rows.set(key(id), { ...row, consumed: Math.floor(Date.now() / 1000) })
      },
      async destroy(id) {
        rows.delete(key(id))
      },
      async revokeByGrantId(grantId) {
        for (const member of members.get(grantId) ?? []) rows.delete(member)
        members.delete(grantId)
      },
    }
  }
}
