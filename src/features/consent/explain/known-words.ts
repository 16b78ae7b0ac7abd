import type { Instant } from '../calendar.ts'
import type { LifeCycle } from '../facts.ts'
import type { Localised } from '../published.ts'
import type { Lost } from './past-facts.ts'

/** Days as the records have them: in UTC, so that two readers read the same one. */
export const onDay = (instant: Instant): string => new Date(instant).toISOString().slice(0, 10)

/** One sentence after the other, in each language. */
export const inBoth = (first: Localised, second: Localised): Localised =>
  Object.fromEntries(
    Object.keys(first).map((language) => [language, `${first[language]} ${second[language]}`]),
  )

const spanish = new Intl.ListFormat('es')
const english = new Intl.ListFormat('en')

const counted = (count: number, one: string, several: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${several}`

const state: Readonly<Record<LifeCycle, Localised>> = {
  active: { es: 'Los datos de la persona estaban en uso.', en: "The person's data were in use." },
  blocked: { es: 'Los datos de la persona estaban bloqueados.', en: "The person's data were blocked." },
  erased: { es: 'Los datos de la persona estaban suprimidos.', en: "The person's data were erased." },
}

export const knownWords = {
  state,
  nobodyYet: { es: 'Aún no se sabía nada de la persona.', en: 'Nothing was known of the person yet.' },
  residence: (country: string | undefined): Localised =>
    country === undefined
      ? { es: 'No se sabía dónde vivía.', en: 'Where the person lived was not known.' }
      : { es: `Vivía en: ${country}.`, en: `The person lived in: ${country}.` },
  birthDate: { es: 'Se conocía una fecha de nacimiento.', en: 'A date of birth was known.' },
  noBirthDate: { es: 'No se conocía fecha de nacimiento.', en: 'No date of birth was known.' },
  contactPoint: {
    es: 'Se conocía la dirección o el número por el que se pregunta.',
    en: 'The address or number in question was known.',
  },
  noContactPoint: {
    es: 'No se conocía dirección ni número para este canal de contacto.',
    en: 'No address or number was known for this contact channel.',
  },
  noContactPointNeeded: {
    es: 'Este canal de contacto no depende de una dirección o un número.',
    en: 'This contact channel does not hang on an address or number.',
  },
  noActs: {
    es: 'Sobre esta finalidad y canal no había registrado ningún acto.',
    en: 'On this purpose and channel no act was recorded.',
  },
  acts: (count: number, latest: string): Localised => ({
    es: `Sobre esta finalidad y canal había ${counted(count, 'acto registrado', 'actos registrados')}; el último se registró el ${latest}.`,
    en: `On this purpose and channel ${counted(count, 'act was', 'acts were')} recorded, the last one on ${latest}.`,
  }),
  dealings: (purchases: number, contracts: number): Localised => ({
    es: `Con este responsable: ${counted(purchases, 'compra', 'compras')}, ${counted(contracts, 'contrato abierto', 'contratos abiertos')}.`,
    en: `With this controller: ${counted(purchases, 'purchase', 'purchases')}, ${counted(contracts, 'open contract', 'open contracts')}.`,
  }),
  suppressions: (count: number): Localised => ({
    es: `En nuestro propio registro de quién no quiere publicidad: ${counted(count, 'entrada vigente', 'entradas vigentes')}.`,
    en: `On our own register of where not to advertise: ${counted(count, 'entry', 'entries')} in force.`,
  }),
  noListsHere: {
    es: 'La ley del lugar no pide consultar listas de exclusión.',
    en: 'The law of the place asks for no exclusion list.',
  },
  noListAsked: {
    es: 'No se sabe de ninguna consulta a las listas de exclusión.',
    en: 'No consultation of exclusion lists is known.',
  },
  listsAsked: (lists: readonly string[]): Localised => ({
    es: `Listas de exclusión consultadas por última vez: ${spanish.format(lists)}.`,
    en: `Exclusion lists last consulted: ${english.format(lists)}.`,
  }),
  otherAccounts: {
    es: 'Contaban las cuentas que entonces constaban como de la misma persona.',
    en: "Accounts that were then on record as the same person's were counted.",
  },
  recipient: {
    es: 'El sistema que pregunta estaba registrado.',
    en: 'The system that asks was registered.',
  },
  noRecipient: {
    es: 'El sistema que pregunta no estaba registrado.',
    en: 'The system that asks was not registered.',
  },
} as const

/** Why something cannot be told, and what was done about it. */
export function lostWords(lost: Lost): Localised {
  switch (lost.why) {
    case 'erased':
      return {
        es: 'Los datos de la persona se han suprimido desde entonces: ya no se puede saber qué se sabía ese día ni qué se habría respondido.',
        en: "The person's data have been erased since: what was known on that day, and what would have been answered, can no longer be told.",
      }
    case 'evidence-erased': {
      const on = onDay(lost.since.getTime())
      return {
        es: `La prueba de lo que la persona dijo se suprimió el ${on}: ya no se puede saber qué se habría respondido antes. Lo que se dice es lo que vale hoy.`,
        en: `The proof of what the person said was erased on ${on}: what would have been answered before can no longer be told. What is told is what holds today.`,
      }
    }
    case 'key-destroyed':
      return {
        es: 'Constaba una, pero su clave se ha destruido desde entonces: cuenta como desconocida.',
        en: 'One was on record, but its key has been destroyed since: it counts as not known.',
      }
    case 'linked-account-erased':
      return {
        es: 'Una de ellas se ha suprimido desde entonces, y lo que decía ya no se sabe.',
        en: 'One of them has been erased since, and what it said is no longer known.',
      }
    case 'not-dated-before': {
      const since = onDay(lost.since.getTime())
      return {
        es: `Los cambios se fechan desde el ${since}; de antes no se sabe, y se toma lo que constaba entonces. Lo que una lista respondió antes cuenta como no consultado.`,
        en: `Changes are dated since ${since}; what was before is not known, and what stood on that day is taken. What a list had answered earlier counts as not consulted.`,
      }
    }
  }
}
