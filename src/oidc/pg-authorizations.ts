import type { Statement } from '../platform/db/pipelined-reader.ts'

export const readAuthorizations: Statement = {
  name: 'oidc_authorizations_of',
  text: 'select client_id, granted, granted_at from oidc_authorizations where subject_id = $1 order by client_id',
}
