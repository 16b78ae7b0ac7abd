import type { Language, Words } from './language.ts'

export type Claims = Readonly<Record<string, unknown>>

const names: Words<Readonly<Record<string, string>>> = {
  es: {
    given_name: 'Nombre',
    family_name: 'Apellidos',
    name: 'Nombre completo',
    email: 'Correo electrónico',
    email_verified: 'Correo comprobado',
    birthdate: 'Fecha de nacimiento',
    locale: 'Idioma',
    updated_at: 'Última actualización',
    sub: 'Número de cliente',
  },
  en: {
    given_name: 'First name',
    family_name: 'Last name',
    name: 'Full name',
    email: 'E-mail address',
    email_verified: 'Address checked',
    birthdate: 'Date of birth',
    locale: 'Language',
    updated_at: 'Last updated',
    sub: 'Customer number',
  },
}

const yesNo: Words<readonly [yes: string, no: string]> = { es: ['sí', 'no'], en: ['yes', 'no'] }

function shown(name: string, value: unknown, language: Language): string {
  if (typeof value === 'boolean') return yesNo[language][value ? 0 : 1]
  if (name === 'updated_at' && typeof value === 'number') {
    return new Date(value * 1000).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' })
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Everything an application was told about somebody, by the name a person would use and by the claim's own. */
export const ClaimList = ({ claims, language }: { claims: Claims; language: Language }) => (
  <dl class="claims">
    {Object.keys(names[language])
      .concat(Object.keys(claims).filter((name) => !(name in names[language])))
      .filter((name) => name in claims)
      .map((name) => (
        <div key={name}>
          <dt>
            {names[language][name] ?? name} <code>{name}</code>
          </dt>
          <dd>{shown(name, claims[name], language)}</dd>
        </div>
      ))}
  </dl>
)
