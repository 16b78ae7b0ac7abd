import type { Config } from '../platform/config/index.ts'

/** Ids of the house's own entries: readable, stable, made of their names. */
const slug = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

export interface HouseNames {
  readonly controller: string
  readonly brand: string
  /** Who we are in the registry of recipients, for what our own pages use. */
  readonly recipient: string
  /** The client by which the privacy centre asks for a sign-in. */
  readonly privacyCentreClient: string
  /** The client in whose name our own agents ask customers on their device. It can get no token. */
  readonly deskClient: string
}

export const houseNames = (config: Config): HouseNames => ({
  controller: slug(config.brand.controller),
  brand: slug(config.brand.name),
  recipient: 'placet',
  privacyCentreClient: 'placet-privacy-centre',
  deskClient: 'placet-desk',
})
