/** Avisos de este navegador, y quién no puede preguntar por teléfono. */
export const notifications = {
  'security.calls': 'Llamadas',
  'security.callsLead':
    'Cuando nos llamas podemos pedirte que confirmes que eres tú. Decide cómo te avisamos y quién puede preguntarte.',
  'security.notifications': 'Avisos en este dispositivo',
  'security.callers': 'Quién no puede preguntarte',

  'notifications.title': 'Avisos en este dispositivo',
  'notifications.lead':
    'Si nos llamas por teléfono, este navegador puede avisarte para que confirmes que eres tú. Sin avisos, te mandamos un SMS o un correo.',
  'notifications.says':
    'El aviso dice quién te atiende y las palabras que debe decirte. Va cifrado hasta tu navegador y no lleva más datos tuyos. Solo tú puedes confirmar, con tu llave de acceso.',
  'notifications.turnOn': 'Activar avisos aquí',
  'notifications.turnOff': 'Desactivar avisos',
  'notifications.where': 'Dónde te avisamos',
  'notifications.since': 'Desde el {at, date, day}',
  'notifications.asking': 'Tu navegador te pregunta si puede mostrarte avisos.',
  'notifications.denied':
    'Tu navegador no deja que te mostremos avisos. Puedes permitirlos en sus ajustes para esta página.',
  'notifications.failed': 'No hemos podido activar los avisos. Puedes volver a intentarlo.',
  'notifications.withoutScript':
    'Para activar avisos hace falta JavaScript: es el navegador quien pide tu permiso. Mientras tanto te avisamos por SMS o por correo.',
  'notifications.unable':
    'Este navegador no puede mostrar avisos. Te seguiremos avisando por SMS o por correo.',
  'notifications.needsPasskey':
    'Para confirmar una llamada hace falta una llave de acceso. Añade una y después podrás activar los avisos.',
  'notifications.needsProof': 'Antes de activar avisos, confirma que eres tú con tu llave de acceso.',
  'notifications.prove': 'Confirmar con mi llave',

  'callers.title': 'Quién no puede preguntarte',
  'callers.lead':
    'Dijiste «No he sido yo» a una petición por teléfono. Desde entonces estas aplicaciones no pueden pedirte que confirmes que eres tú.',
  'callers.none': 'Nadie está en esta lista',
  'callers.noneLead': 'Si dices «No he sido yo» a una llamada, aquí verás quién la hizo.',
  'callers.since': 'No puede preguntarte desde el {at, date, moment}.',
  'callers.ifLifted':
    'Si lo permites otra vez, {client} podrá volver a pedirte que confirmes una llamada. Cada vez decides tú.',
  'callers.lift': 'Permitir que me pregunte',

  'security.activity.notifications-on': 'Activaste los avisos en un navegador',
  'security.activity.notifications-off': 'Un navegador dejó de recibir avisos',
  'security.activity.caller-lifted': 'Permitiste otra vez que te pregunten por teléfono',

  'flash.notifications-on': 'Este navegador ya te avisa.',
  'flash.notifications-off': 'Hemos desactivado los avisos en ese navegador.',
  'flash.caller-lifted': 'Ya puede volver a preguntarte.',

  'error.push-subscription-refused':
    'No hemos podido activar los avisos con lo que ha respondido tu navegador. Puedes volver a intentarlo.',

  'mail.security.subject.notifications-on':
    'Un navegador avisa ahora de las llamadas de tu cuenta de {brand}',
  'mail.security.lead.notifications-on':
    'Se han activado los avisos en un navegador: si alguien de atención telefónica pregunta por ti, el aviso llega ahí.',

  'push.callApproval.title': '{brand}: ¿estás hablando con nosotros?',
  'push.callApproval.body':
    'Pregunta por ti {agent}. Palabras: {message}. Si no has llamado tú, no confirmes.',
} as const
