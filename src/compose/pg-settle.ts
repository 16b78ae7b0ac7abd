import type { Knex } from 'knex'
import type { Config } from '../platform/config/index.ts'
import type { HouseNames } from './house-names.ts'

/** The legal entity and the brand of this installation, as far as the configuration knows them; never overwrites. */
export async function ensureController(knex: Knex, config: Config, names: HouseNames): Promise<void> {
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
