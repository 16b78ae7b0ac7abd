import type { RulePack } from '../rule-pack.ts'
import { de } from './de.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { pt } from './pt.ts'

/** The packs that come with the product, by jurisdiction, each with all its dated versions. */
export const shippedRulePacks: ReadonlyMap<string, readonly RulePack[]> = new Map([
  ['ES', [es]],
  ['DE', [de]],
  ['FR', fr],
  ['IT', [it]],
  ['PT', [pt]],
])
