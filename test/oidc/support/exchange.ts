import type { SubjectId } from '../../../src/kernel/ids.ts'
import { arrangeClient, callback } from './arrange.ts'
import { openBrowser } from './browser.ts'
import { type CallCentre, cibaGrant, openCallCentre, visitorOf } from './call-centre.ts'
import { authorizeUrl, pkce, tokenRequest, walk } from './flow.ts'

export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'

export interface Exchanged {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly token: string
}

export interface ExchangeHouse extends CallCentre {
  /** A customer signs in at the shop; its client holds their token. */
  shopToken(subjectId: SubjectId, scope?: string, resource?: string): Promise<string>
  /** A customer says yes on the telephone; the call centre holds an agent's token. */
  callToken(subjectId: SubjectId, scope?: string): Promise<string>
  exchange(
    token: string,
    more?: Record<string, string | undefined>,
    clientId?: string,
    options?: { readonly origin?: string; readonly headers?: Record<string, string> },
  ): Promise<Exchanged>
}

const confidential = { redirect_uris: [], grant_types: [exchangeGrant] }

/** A call centre whose client may act with the tokens of the shop's customers, and others that may not. */
export async function openExchangeHouse(): Promise<ExchangeHouse> {
  const centre = await openCallCentre()
  const { db, house } = centre
  const scope = 'openid profile email'
  await arrangeClient(db, {
    clientId: 'tienda-web',
    metadata: {
      may_act: ['atencion', 'atado'],
      grant_types: ['authorization_code', 'refresh_token', exchangeGrant],
    },
  })
  await arrangeClient(db, {
    clientId: 'atencion',
    metadata: {
      ...confidential,
      grant_types: [exchangeGrant, cibaGrant],
      scope,
      backchannel_token_delivery_mode: 'poll',
      may_act: ['segunda-linea'],
    },
  })
  await arrangeClient(db, { clientId: 'segunda-linea', metadata: { ...confidential, scope } })
  await arrangeClient(db, { clientId: 'no-nombrada', metadata: { ...confidential, scope } })
  await arrangeClient(db, {
    clientId: 'atado',
    metadata: { ...confidential, scope, dpop_bound_access_tokens: true },
  })
  await arrangeClient(db, {
    clientId: 'revista',
    firstParty: false,
    metadata: { may_act: ['atencion'], subject_type: 'public' },
  })
  await arrangeClient(db, { clientId: 'marketing-api' })
  await house.oidc.reloadClients()

  return {
    ...centre,
    shopToken: async (subjectId, asked = 'openid profile email', resource) => {
      const more: Record<string, string> = resource === undefined ? {} : { resource }
      const { verifier, challenge } = pkce()
      const start = authorizeUrl(house.origin, { clientId: 'tienda-web', scope: asked, more }, challenge)
      const { back } = await walk(house.origin, openBrowser(), start, { subjectId })
      const response = await tokenRequest(house.origin, 'tienda-web', {
        grant_type: 'authorization_code',
        code: back.get('code') ?? '',
        code_verifier: verifier,
        redirect_uri: callback,
        ...more,
      })
      const tokens = (await response.json()) as Record<string, unknown>
      if (response.status !== 200) throw new Error(`no tokens: ${JSON.stringify(tokens)}`)
      return String(tokens['access_token'])
    },
    callToken: async (subjectId, asked = 'openid profile') => {
      const { id, link } = await centre.ring(subjectId, { scope: asked }, 'atencion')
      await centre.answer('approve', link, visitorOf(subjectId))
      const { status, body } = await centre.pollInTime(id, 'atencion')
      if (status !== 200) throw new Error(`no tokens: ${JSON.stringify(body)}`)
      return String(body['access_token'])
    },
    exchange: async (
      token,
      more = {},
      clientId = 'atencion',
      { origin = house.origin, headers = {} } = {},
    ) => {
      const fields = {
        grant_type: exchangeGrant,
        subject_token: token,
        subject_token_type: accessTokenType,
        acting_agent: centre.agent,
        ...more,
      }
      const given = Object.entries(fields).filter((one): one is [string, string] => one[1] !== undefined)
      const response = await tokenRequest(origin, clientId, Object.fromEntries(given), headers)
      const body = (await response.json()) as Record<string, unknown>
      return { status: response.status, body, token: String(body['access_token']) }
    },
  }
}
