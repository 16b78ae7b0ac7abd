import type { Knex } from 'knex'
import { type Attribute, putAttribute } from '../features/profile/index.ts'
import type { Config } from '../platform/config/index.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import type { HouseNames } from './house-names.ts'
import { keepProofs } from './pg-work.ts'

/** The legal entity and the brand of this installation, as far as the configuration knows them; never overwrites. */
async function ensureController(knex: Knex, config: Config, names: HouseNames): Promise<void> {
  await knex('controllers')
    .insert({
      controller_id: names.controller,
      name: config.brand.controller,
      address: '',
      contact: config.mail.from.address,
      dpo_contact: config.mail.from.address,
      authority: 'Agencia Española de Protección de Datos, https://www.aepd.es',
      country: config.brand.country,
    })
    .onConflict('controller_id')
    .ignore()
  await knex('brands')
    .insert({ brand_id: names.brand, controller_id: names.controller, name: config.brand.name })
    .onConflict('brand_id')
    .ignore()
}

const settlingStores = (trx: Knex.Transaction) => ({
  standard: {
    ensureController: (config: Config, names: HouseNames) => ensureController(trx, config, names),
    putAttribute: (attribute: Attribute) => putAttribute(trx, attribute),
  },
})

/** Units that write what a house starts with: it decides what may leave later, so it is on record as anything else is. */
export const settlingWorkOn = (lane: Knex) => unitOfWork(lane, settlingStores, keepProofs)
