import type { MeasuredLanguage } from './readability.ts'

export interface ForbiddenPhrase {
  readonly code: 'vague' | 'empty-promise' | 'pressure' | 'shaming' | 'opt-out-wording' | 'bundled'
  readonly pattern: RegExp
}

const phrase = (code: ForbiddenPhrase['code'], source: string): ForbiddenPhrase => ({
  code,
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'giu'),
})

/**
 * Words that hide what is done, promise what is no purpose, hurry, shame, turn the question round or tie it to another
 * (EDPB 03/2022 on deceptive patterns; WP 260 on vague words such as "may", "might" and "some").
 */
export const forbiddenPhrases: Readonly<Record<MeasuredLanguage, readonly ForbiddenPhrase[]>> = {
  es: [
    phrase('vague', 'podemos|podríamos|podremos|podrán?|podría|es posible que|entre otros|entre otras|etc'),
    phrase(
      'vague',
      'terceros seleccionados|socios de confianza|nuestros socios|empresas colaboradoras|fines comerciales',
    ),
    phrase(
      'empty-promise',
      'mejorar (?:tu|su|la) experiencia|una experiencia única|ofrecerte el mejor servicio|ofrecerle el mejor servicio',
    ),
    phrase('pressure', 'no te pierdas|no se pierda|última oportunidad|solo hoy|date prisa|ahora o nunca'),
    phrase(
      'shaming',
      'prefiero perderme|no me importa (?:perder|ahorrar)|no quiero ahorrar|renuncio a las ventajas',
    ),
    phrase(
      'opt-out-wording',
      '(?:marca|marque|desmarca|desmarque|señala|señale)(?: (?:esta|la) casilla)? si no|salvo que (?:marques|marque|nos digas|nos diga)',
    ),
    phrase(
      'bundled',
      'al (?:continuar|registrarte|registrarse|comprar|navegar),? (?:aceptas|acepta|consientes|consiente)',
    ),
  ],
  en: [
    phrase('vague', 'may|might|could|possibly|among others|amongst others|and so on|etc|some of your'),
    phrase('vague', 'selected third parties|trusted partners|our partners|affiliates|commercial purposes'),
    phrase(
      'empty-promise',
      'improve (?:your|the) experience|enhance (?:your|the) experience|a unique experience|serve you better|best possible service',
    ),
    phrase('pressure', "don['’]t miss|last chance|today only|hurry|now or never"),
    phrase('shaming', "no thanks, i|i prefer to miss|i don['’]t (?:like|want) to save"),
    phrase(
      'opt-out-wording',
      "(?:un)?tick (?:this|the) box if you (?:do not|don['’]t)|unless you (?:tick|tell us|object)",
    ),
    phrase(
      'bundled',
      'by (?:continuing|signing up|registering|buying|browsing),? you (?:agree|accept|consent)',
    ),
  ],
}

/** Two negations in one sentence that have to be undone in the head. Spanish concord ("no vendemos nunca") is one, not two. */
export const doubleNegatives: Readonly<Record<MeasuredLanguage, RegExp>> = {
  es: /(?<!\p{L})no(?!\p{L})[^.;:\n]*?(?<!\p{L})(?:no|dejar de|evitar|impedir|oponer(?:te|se)|rechaz\p{L}+|salvo|excepto)(?!\p{L})/giu,
  en: /(?<!\p{L})(?:not|\p{L}+n['’]t|never|cannot)(?!\p{L})[^.;:\n]*?(?<!\p{L})(?:not|\p{L}+n['’]t|without|unless|except|refuse|prevent|opt out)(?!\p{L})/giu,
}
