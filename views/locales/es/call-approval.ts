/** The customer's own screen during a call. Short: people read it with somebody in their ear. */
export const callApproval = {
  'callRequest.title': '¿Estás hablando con nosotros?',
  'callRequest.onlyIf':
    'Confirma solo si hablas ahora por teléfono con {brand} y te han dicho estas palabras: {message}',
  'callRequest.notIf':
    'No confirmes si no has llamado tú o si las palabras no coinciden. Nadie de nuestro equipo puede hacerlo por ti.',
  'callRequest.decline': 'No confirmar',
  'callRequest.report': 'No he sido yo',
  'callRequest.message': 'Palabras que te dicen',
  'callRequest.agent': 'Te atiende',
  'callRequest.client': 'Lo pide',
  'callRequest.place': 'Desde',
  'callRequest.since': 'Pedido',
  'callRequest.until': 'Vale hasta',
  'callRequest.at': '{at, date, moment}',
  'callRequest.may': 'Qué podrá hacer',
  'callRequest.knowsYou': 'Saber que eres tú mientras dure la llamada.',
  'callRequest.sees': 'Ver para atenderte lo que permiten tus elecciones ({scopes}).',
  'callRequest.approve': 'Sí, soy yo',
  'callRequest.never': 'Quien te atiende no puede dar permisos por ti ni cambiar tus claves.',

  'callOutcome.approved.title': 'Confirmado',
  'callOutcome.approved.lead': 'Ya pueden atenderte. Quien te atiende es {agent}. Puedes cerrar esta página.',
  'callOutcome.declined.title': 'No has confirmado',
  'callOutcome.declined.lead': 'No hemos dado nada a {agent}. Esta petición ya no vale.',
  'callOutcome.reported.title': 'Lo hemos parado',
  'callOutcome.reported.lead':
    'Gracias por avisar. Hemos anulado la petición de {agent} y lo que saliera de ella, y esa aplicación ya no podrá preguntarte. Nuestro equipo lo revisará.',
  'callOutcome.expired.title': 'Esta petición ha caducado',
  'callOutcome.expired.lead': 'Si sigues hablando con {agent}, pide que te mande otra.',
  'callOutcome.not-found.title': 'Aquí no hay ninguna petición para ti',
  'callOutcome.not-found.lead':
    'Puede que haya caducado o que sea de otra cuenta. Si estás al teléfono, pide que te manden otra.',
  'callOutcome.report': 'No he sido yo',
  'callOutcome.security': 'Revisar mi seguridad',
  'callOutcome.privacy': 'Ir a mi privacidad',

  'security.activity.call-asked': 'Alguien de atención telefónica te pidió confirmar que eras tú',
  'security.activity.call-approved': 'Confirmaste una llamada',
  'security.activity.call-access': 'Quien te atendía por teléfono accedió a tu cuenta, con tu confirmación',
  'security.activity.call-declined': 'No confirmaste una llamada',
  'security.activity.call-reported': 'Dijiste «No he sido yo» a una llamada',
  'security.activity.agent-token':
    'Alguien de nuestro equipo pudo ver tus datos durante unos minutos, para atenderte',
  'security.activity.agent-access': 'Alguien de nuestro equipo vio tus datos, para atenderte',

  'mail.callApproval.subject': '{brand}: alguien pregunta por ti al teléfono',
  'mail.callApproval.lead':
    'Si estás hablando por teléfono con {brand}, abre el enlace y confirma que eres tú. Si no, no hagas nada o pulsa «No he sido yo».',
  'mail.callApproval.message': 'Palabras que te dicen',
  'mail.callApproval.agent': 'Te atiende',
  'mail.callApproval.client': 'Lo pide',
  'mail.callApproval.until': 'Vale hasta',
  'mail.callApproval.link': 'Ver la petición',
  'mail.callApproval.never': 'Nunca te pedimos por teléfono que nos leas este enlace.',
  'sms.callApproval':
    '{brand}: {agent} pregunta por ti, palabras {message}. Si no llamas tú, no confirmes: {href}',
} as const
