import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import { allowedOf } from '../../../src/channels/sign-in/authorize-client.ts'
import type { PreviewedClaim } from '../../../src/channels/sign-in/engine.ts'
import { enginePages } from '../../../src/channels/sign-in/index.ts'

const pages = enginePages({ id: 'norte', name: 'Tienda Norte' })
const language = { acceptLanguage: 'en', cookie: undefined, uiLocales: undefined }

describe('the engine’s own pages', () => {
  it('ask before signing out, and send back what the engine wants', () => {
    const page = load(
      pages.logout({ action: '/oidc/logout', xsrf: 'abc"<', clientName: 'Club', apps: ['Club'], language }),
    )
    expect(page('form').attr('action')).toBe('/oidc/logout')
    expect(page('input[name="xsrf"]').attr('value')).toBe('abc"<')
    expect(page('input[name="logout"]').attr('value')).toBe('yes')
    expect(page('html').attr('lang')).toBe('en')
  })

  it('say that it is done', () => {
    const page = load(
      pages.loggedOut({
        onlyFrom: undefined,
        signOutAction: '/oidc/logout',
        language: { ...language, acceptLanguage: undefined },
      }),
    )
    expect(page('h1').text()).toBe('Hemos cerrado tu sesión')
  })
})

describe('what a client is allowed', () => {
  const line = (id: string, more: Partial<PreviewedClaim>): PreviewedClaim => ({
    id,
    label: id,
    optional: true,
    scopes: [],
    claims: [],
    ...more,
  })
  const preview = {
    domain: 'club.example',
    purpose: '',
    duration: '',
    claims: [
      line('name', { optional: false, scopes: ['profile'] }),
      line('zip', { scopes: ['profile'], claims: ['postal_code'] }),
      line('email', { scopes: ['email'] }),
    ],
  }
  const asks = {
    scopes: ['openid', 'profile', 'email'],
    claims: ['postal_code'],
    resources: { api: ['read'] },
  }

  it('is what was asked for, less what was left unticked', () => {
    expect(allowedOf(asks, preview, [])).toEqual({
      scopes: ['openid', 'profile'],
      claims: [],
      refusedClaims: ['postal_code'],
      resources: { api: ['read'] },
    })
    expect(allowedOf(asks, preview, ['email', 'zip']).scopes).toEqual(['openid', 'profile', 'email'])
  })

  it('never grows by what somebody put into the form', () => {
    expect(allowedOf(asks, preview, ['admin', 'openid', 'profile'])).toEqual(allowedOf(asks, preview, []))
  })
})
