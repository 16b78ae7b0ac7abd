import type { Knex } from 'knex'
import type { CallStore } from './call-store.ts'

/** What each agent looked up, by day: a sum over a week is seven rows, however much they did. */
export const pgCallAgents = (db: Knex): Pick<CallStore, 'countAgent' | 'agentCounts' | 'claimAlarm'> => ({
  countAgent: async (agentId, day, { lookUps, verified }) => {
    await db.raw(
      `insert into call_agent_days (agent_id, day, look_ups, verified) values (:agent, :day, :lookUps, :verified)
       on conflict (agent_id, day) do update
         set look_ups = call_agent_days.look_ups + excluded.look_ups,
             verified = call_agent_days.verified + excluded.verified`,
      { agent: agentId, day, lookUps, verified },
    )
  },
  agentCounts: async (agentId, since) => {
    const { rows } = await db.raw<{ rows: { look_ups: number; verified: number }[] }>(
      `select cast(coalesce(sum(look_ups), 0) as integer) as look_ups, cast(coalesce(sum(verified), 0) as integer) as verified
         from call_agent_days where agent_id = :agent and day >= :since`,
      { agent: agentId, since },
    )
    return { lookUps: rows[0]?.look_ups ?? 0, verified: rows[0]?.verified ?? 0 }
  },
  claimAlarm: async (agentId, day, at) => {
    const claimed = await db('call_agent_days')
      .where({ agent_id: agentId, day })
      .whereNull('alarmed_at')
      .update({ alarmed_at: at })
    return claimed === 1
  },
})
