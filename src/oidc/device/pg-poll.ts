import type { Statement } from '../../platform/db/pipelined-reader.ts'
import { notePoll } from '../pacing.ts'
import { tokenColumnsSql } from '../pg-reads.ts'
import { superseded } from './pg-superseded.ts'

/**
 * A terminal asks: its haste is judged and noted, and the device code is read with all the engine will ask about, in one
 * statement. $1 hash of the device code, $2 the client, whose own codes alone count.
 */
export const pollDeviceCode: Statement = {
  name: 'oidc_device_poll',
  text: `
    with p as (
      update oidc_device_flows f set ${notePoll}
       where f.device_code_hash = $1 and f.client_id = $2
      returning f.state, f.polled_hastily,
        f.state <> 'shown' or (f.claim_until > now() and not ${superseded('now()')}))
    ${tokenColumnsSql(', p.*', 'left join p on true')}`,
}
