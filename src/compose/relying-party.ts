import type { Config } from '../platform/config/index.ts'

/** Who passkeys are made for and asked of (WebAuthn, 5.4.2): the house by its own name, at its own address. */
export const relyingPartyOf = ({ issuer, brand }: Pick<Config, 'issuer' | 'brand'>) => ({
  rpId: issuer.hostname,
  name: brand.name,
  origins: [issuer.origin],
})
