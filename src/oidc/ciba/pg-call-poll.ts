import type { Statement } from '../../platform/db/pipelined-reader.ts'
import { notePoll } from '../pacing.ts'
import { tokenColumnsSql } from '../pg-reads.ts'

/** A client asks how its request stands. $1 hash of the request's id, $2 the client, whose own requests alone count. */
export const pollCallRequest: Statement = {
  name: 'oidc_call_poll',
  text: `
    with p as (
      update oidc_call_requests f set ${notePoll}
       where f.auth_req_hash = $1 and f.client_id = $2
      returning f.state, f.polled_hastily, f.request_expires_at > now())
    ${tokenColumnsSql(', p.*', 'left join p on true')}`,
}
