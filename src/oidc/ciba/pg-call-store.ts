import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import { keepEngineApproval, revokeEngineApproval } from '../pg-engine-approval.ts'
import type { CallState, CallStores, StoredCall } from './call-store.ts'
import { cibaTimes } from './ciba-times.ts'

interface Row {
  auth_req_hash: Buffer
  client_id: string
  subject_id: SubjectId
  agent_id: string
  touchpoint_id: string | null
  state: CallState
  particulars: Buffer
  started_at: Date
  request_expires_at: Date
  grant_id: string | null
}

const read = (row: Row): StoredCall => ({
  codeHash: row.auth_req_hash,
  clientId: row.client_id,
  subjectId: row.subject_id,
  agentId: row.agent_id,
  touchpointId: row.touchpoint_id ?? undefined,
  state: row.state,
  particulars: row.particulars,
  startedAt: row.started_at,
  requestExpiresAt: row.request_expires_at,
  grantId: row.grant_id ?? undefined,
})

const mayAct = `exists (select 1 from clients c where c.client_id = f.client_id and c.state = 'active')`
const isActive = `exists (select 1 from subjects s where s.subject_id = f.subject_id and s.state = 'active')`

export const pgCallStores = (trx: Knex.Transaction): CallStores => ({
  calls: {
    insert: async (call) => {
      await trx('oidc_call_requests').insert({
        auth_req_hash: Buffer.from(call.codeHash),
        link_hash: Buffer.from(call.linkHash),
        client_id: call.clientId,
        subject_id: call.subjectId,
        agent_id: call.agentId,
        touchpoint_id: call.touchpointId ?? null,
        state: 'pending',
        particulars: Buffer.from(call.particulars),
        started_at: call.startedAt,
        request_expires_at: call.requestExpiresAt,
        interval_seconds: call.intervalSeconds,
        expires_at: call.expiresAt,
      })
    },
    claimPrompt: async (codeHash, subjectId, at) => {
      // Those of one person go one after another, so that each sees what the one before it did.
      const { rows: active } = await trx.raw(
        `select 1 from subjects where subject_id = ? and state = 'active' for update`,
        [subjectId],
      )
      if (active.length === 0) return false
      const { rows } = await trx.raw(
        `update oidc_call_requests f set prompted_at = :at
          where f.auth_req_hash = :codeHash and f.subject_id = :subjectId and f.state = 'pending'
            and f.prompted_at is null and f.request_expires_at > :at and ${mayAct}
            and not exists (select 1 from oidc_call_blocks b
              where b.subject_id = f.subject_id and b.client_id = f.client_id)
            and not exists (select 1 from oidc_call_requests o
              where o.subject_id = f.subject_id and o.prompted_at is not null
                and o.state = 'pending' and o.request_expires_at > :at)
            and (select count(*) from oidc_call_requests o where o.subject_id = f.subject_id
              and o.prompted_at > :at::timestamptz - interval '${cibaTimes.promptWindow} seconds') < ${cibaTimes.prompts}
          returning 1`,
        { codeHash: Buffer.from(codeHash), subjectId, at },
      )
      return rows.length === 1
    },
    lock: async (linkHash, subjectId, at) => {
      const mine = { linkHash: Buffer.from(linkHash), subjectId, at }
      const which = 'link_hash = :linkHash and subject_id = :subjectId and prompted_at is not null'
      const { rows: requests } = await trx.raw<{ rows: { payload: Buffer }[] }>(
        `select payload from oidc_tokens
          where id_hash = (select auth_req_hash from oidc_call_requests where ${which}) for update`,
        mine,
      )
      const { rows } = await trx.raw<{ rows: Row[] }>(
        `select * from oidc_call_requests where ${which} and expires_at > :at for update`,
        mine,
      )
      return rows[0] && { call: read(rows[0]), sealed: requests[0]?.payload }
    },
    approve: async (codeHash, grantId, at) => {
      const { rows } = await trx.raw(
        `update oidc_call_requests f set state = 'approved', grant_id = :grantId
          where f.auth_req_hash = :codeHash and f.state = 'pending' and f.request_expires_at > :at and ${mayAct}
            and ${isActive}
          returning 1`,
        { codeHash: Buffer.from(codeHash), grantId: grantId ?? null, at },
      )
      return rows.length === 1
    },
    redeem: async ({ codeHash, clientId, agentId }, at) => {
      const { rows } = await trx.raw(
        `update oidc_call_requests f set state = 'redeemed'
          where f.auth_req_hash = :codeHash and f.client_id = :clientId and f.agent_id = :agentId
            and f.state = 'approved' and f.request_expires_at > :at and ${mayAct} and ${isActive}
          returning 1`,
        { codeHash: Buffer.from(codeHash), clientId, agentId, at },
      )
      return rows.length === 1
    },
    end: async ({ codeHash, clientId, agentId }, at) => {
      const { rows } = await trx.raw(
        `update oidc_call_requests f set request_expires_at = :at
          where f.auth_req_hash = :codeHash and f.client_id = :clientId and f.agent_id = :agentId
            and f.state in ('pending', 'approved') and f.request_expires_at > :at
          returning 1`,
        { codeHash: Buffer.from(codeHash), clientId, agentId, at },
      )
      return rows.length === 1
    },
    keepApproval: (approval) => keepEngineApproval(trx, approval),
    decline: async (codeHash, at) => {
      const { rows } = await trx.raw(
        `update oidc_call_requests set state = 'declined'
          where auth_req_hash = :codeHash and state = 'pending' and request_expires_at > :at returning 1`,
        { codeHash: Buffer.from(codeHash), at },
      )
      return rows.length === 1
    },
    report: async ({ codeHash, subjectId, clientId }, at) => {
      const { rows } = await trx.raw(
        `update oidc_call_requests set state = 'reported'
          where auth_req_hash = :codeHash and state <> 'reported' returning 1`,
        { codeHash: Buffer.from(codeHash) },
      )
      if (rows.length === 0) return false
      await trx('oidc_call_blocks')
        .insert({ subject_id: subjectId, client_id: clientId, blocked_at: at })
        .onConflict(['subject_id', 'client_id'])
        .ignore()
      return true
    },
    revoke: (call) => revokeEngineApproval(trx, call),
    queuePing: async (ping) => {
      await trx('oidc_call_pings').insert({
        ping_id: ping.pingId,
        client_id: ping.clientId,
        particulars: Buffer.from(ping.particulars),
        created_at: ping.createdAt,
        next_attempt_at: ping.createdAt,
        deadline_at: ping.deadlineAt,
        expires_at: ping.expiresAt,
      })
    },
  },
})
