import type { Statement } from '../../platform/db/pipelined-reader.ts'
import { tokenColumnsSql } from '../pg-reads.ts'
import { deviceTimes } from './device-times.ts'
import { superseded } from './pg-superseded.ts'

const hasty = 'coalesce(f.polled_at > now() - make_interval(secs => f.interval_seconds), false)'

/**
 * A terminal asks: its haste is judged and noted, and the device code is read with all the engine will ask about, in one
 * statement (R45). The row is locked by the update, so two processes asked at the same moment see one another, and the
 * time is the database's, which both share. $1 hash of the device code, $2 the client, whose own codes alone count.
 */
export const pollDeviceCode: Statement = {
  name: 'oidc_device_poll',
  text: `
    with p as (
      update oidc_device_flows f set
        polled_hastily = ${hasty},
        interval_seconds = case when ${hasty}
          then least(f.interval_seconds + ${deviceTimes.slowDown}, ${deviceTimes.longestInterval})
          else f.interval_seconds end,
        polled_at = greatest(f.polled_at, now())
       where f.device_code_hash = $1 and f.client_id = $2
      returning f.state, f.polled_hastily,
        f.state <> 'shown' or (f.claim_until > now() and not ${superseded('now()')}))
    ${tokenColumnsSql(', p.*', 'left join p on true')}`,
}
