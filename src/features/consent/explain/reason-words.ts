import type { Localised } from '../published.ts'
import type { Reason } from '../reason.ts'

/** A reason said in a sentence, and the article it rests on. */
export interface ReasonWords {
  readonly says: Localised
  readonly cites: string
}

const words = (es: string, en: string, cites: string): ReasonWords => ({ says: { es, en }, cites })

export const reasonWords: Readonly<Record<Reason, ReasonWords>> = {
  CONSENT_GIVEN: words(
    'La persona dijo que sí y su sí sigue en pie.',
    'The person said yes, and the yes stands.',
    'GDPR Art. 6(1)(a), 7',
  ),
  CONTRACT: words(
    'Hay un contrato en vigor con este responsable.',
    'There is a contract in force with this controller.',
    'GDPR Art. 6(1)(b)',
  ),
  LEGAL_OBLIGATION: words('Lo manda una ley.', 'A law demands it.', 'GDPR Art. 6(1)(c)'),
  SOFT_OPT_IN: words(
    'Es cliente y se le ofrecen productos parecidos.',
    'They are a customer and are offered similar products.',
    'ePrivacy Directive Art. 13(2)',
  ),
  LEGITIMATE_INTEREST: words(
    'Un interés legítimo, ponderado y al día, lo permite.',
    'A legitimate interest, weighed and in date, carries it.',
    'GDPR Art. 6(1)(f)',
  ),
  BLOCKED_EXCEPTION: words(
    'Los datos están bloqueados y este uso es la excepción.',
    'The data are blocked and this use is the exception.',
    'LOPDGDD art. 32.2',
  ),
  PURPOSE_UNKNOWN: words(
    'Esa finalidad no existe en el registro.',
    'That purpose is not in the registry.',
    'GDPR Art. 5(1)(b)',
  ),
  SYSTEM_NOT_AUTHORISED_FOR_PURPOSE: words(
    'Quien pregunta no está registrado para esa finalidad.',
    'Whoever asks is not registered for that purpose.',
    'GDPR Art. 5(1)(b)',
  ),
  PURPOSE_RETIRED: words('La finalidad se retiró.', 'The purpose was retired.', 'GDPR Art. 5(1)(b)'),
  SUBJECT_ERASED: words(
    'Los datos de la persona se suprimieron.',
    "The person's data were erased.",
    'GDPR Art. 17',
  ),
  SUBJECT_BLOCKED: words(
    'Los datos de la persona están bloqueados.',
    "The person's data are blocked.",
    'LOPDGDD art. 32',
  ),
  ATTRIBUTE_NOT_IN_PURPOSE: words(
    'La finalidad no usa ese dato.',
    'The purpose does not use that attribute.',
    'GDPR Art. 5(1)(c)',
  ),
  NO_PROCESSOR_CONTRACT: words(
    'Falta el contrato de encargo, o caducó.',
    "The processor's contract is missing or has ended.",
    'GDPR Art. 28(3)',
  ),
  NO_TRANSFER_TOOL: words(
    'Falta la garantía para llevar los datos fuera de la Unión.',
    'Nothing covers the transfer out of the Union.',
    'GDPR Art. 44–46',
  ),
  RESTRICTED: words(
    'La persona pidió limitar el tratamiento.',
    'The person asked to restrict the processing.',
    'GDPR Art. 18',
  ),
  SUPPRESSED_INTERNAL: words(
    'Hay una queja, un rebote o una orden: no se escribe más.',
    'A complaint, a bounce or an order: nothing more is sent.',
    'GDPR Art. 21(3)',
  ),
  NO_BASIS_CONFIGURED: words(
    'Ninguna base jurídica está prevista para este uso.',
    'No legal basis is provided for this use.',
    'GDPR Art. 6(1)',
  ),
  NO_ART9_CONDITION: words(
    'Es un dato especial y ninguna condición lo levanta.',
    'It is special category data and no condition lifts the ban.',
    'GDPR Art. 9(2)',
  ),
  NO_ACTIVE_CONTRACT: words(
    'No hay contrato en vigor con este responsable.',
    'There is no contract in force with this controller.',
    'GDPR Art. 6(1)(b)',
  ),
  NO_CONSENT: words('La persona no ha dicho que sí.', 'The person has not said yes.', 'GDPR Art. 6(1)(a)'),
  CONSENT_REFUSED: words('La persona dijo que no.', 'The person said no.', 'GDPR Art. 7'),
  CONSENT_WITHDRAWN: words(
    'La persona retiró su consentimiento.',
    'The person withdrew the consent.',
    'GDPR Art. 7(3)',
  ),
  CONSENT_REVOKED: words(
    'El responsable dejó de apoyarse en ese consentimiento.',
    'The controller stopped relying on that consent.',
    'GDPR Art. 5(2)',
  ),
  CONSENT_INVALIDATED: words(
    'Se declaró que ese consentimiento no vale.',
    'That consent was found not to count.',
    'GDPR Art. 7(1), (4)',
  ),
  CONSENT_EXPIRED: words('El consentimiento caducó.', 'The consent has run out.', 'GDPR Art. 5(1)(e)'),
  CONSENT_SUPERSEDED: words(
    'La finalidad cambió después del sí: hay que volver a preguntar.',
    'The purpose changed after the yes: it has to be asked again.',
    'GDPR Art. 7(1), 13(3)',
  ),
  DOUBLE_OPT_IN_MISSING: words(
    'Falta confirmar el sí desde el propio contacto.',
    'The yes was not confirmed from the contact point itself.',
    'GDPR Art. 7(1)',
  ),
  PARENTAL_CONSENT_MISSING: words(
    'Es menor y falta quien debe consentir con él o por él.',
    'They are under age, and whoever has to consent with or for them has not.',
    'GDPR Art. 8',
  ),
  ATTRIBUTE_NOT_COVERED_BY_CONSENT: words(
    'El texto que aceptó no nombraba ese dato o su origen.',
    'The text agreed to did not name that attribute or its source.',
    'GDPR Art. 4(11), 13',
  ),
  EXPLICIT_CONSENT_REQUIRED: words(
    'Es un dato especial y el sí no fue explícito.',
    'It is special category data and the yes was not explicit.',
    'GDPR Art. 9(2)(a)',
  ),
  OBJECTED: words('La persona se opuso.', 'The person objected.', 'GDPR Art. 21'),
  MINOR_MARKETING: words(
    'Es menor: no recibe publicidad sin consentimiento.',
    'They are under age: no advertising without consent.',
    'GDPR recital 38',
  ),
  SOFT_OPT_IN_CONDITIONS_NOT_MET: words(
    'Falta alguna de las condiciones de la excepción para clientes.',
    'One of the conditions of the exception for customers is missing.',
    'ePrivacy Directive Art. 13(2)',
  ),
  SUPPRESSED_EXTERNAL_LIST: words(
    'Está en una lista de exclusión publicitaria.',
    'They are on a public list against advertising.',
    'LOPDGDD art. 23.4',
  ),
  SUPPRESSION_LIST_CHECK_STALE: words(
    'Las listas de exclusión no se consultaron en treinta días.',
    'The public lists were not consulted within thirty days.',
    'LOPDGDD art. 23.4',
  ),
  LIA_MISSING_OR_STALE: words(
    'Falta la ponderación del interés, o está sin revisar.',
    'The balancing test is missing or due for review.',
    'GDPR Art. 6(1)(f)',
  ),
}
