/** The prompt, the permissions screen and the act of sharing with a third party. */
export const consent = {
  'purpose.changed': 'Ha cambiado',
  'purpose.whatChanged': 'Qué ha cambiado',
  'purpose.changedVersions': 'Antes: versión {before}. Ahora: versión {after}.',
  'purpose.more': 'Más información',
  'purpose.controller': 'Quién responde de tus datos',
  'purpose.data': 'Qué datos',
  'purpose.recipients': 'Quién los recibe',
  'purpose.noRecipients': 'Nadie más',
  'purpose.transfers': 'Fuera de Europa',
  'purpose.retention': 'Cuánto tiempo',
  'purpose.howToStop': 'Cómo pararlo',
  'purpose.fullText': 'Texto completo',
  'purpose.noticeVersion': 'versión {version}',
  'purpose.allowUse': '¿Nos dejas?',
  'purpose.since.yes': 'Dijiste que sí el {at, date, day}',
  'purpose.since.no': 'Dijiste que no el {at, date, day}',
  'purpose.since.guardian.yes': 'Tu madre, tu padre o tu tutor dijo que sí el {at, date, day}',
  'purpose.since.guardian.no': 'Tu madre, tu padre o tu tutor dijo que no el {at, date, day}',

  'preferences.title.first-time': '¿Qué quieres recibir de nosotros?',
  'preferences.title.changed': 'Hemos cambiado un texto. ¿Qué decides?',
  'preferences.title.expired': 'Un permiso tuyo ha caducado. ¿Qué decides?',
  'preferences.lead.first-time': 'Tú eliges. Digas lo que digas, tu cuenta de {brand} funciona igual.',
  'preferences.lead.changed':
    'Solo te preguntamos por lo que ha cambiado. Digas lo que digas, tu cuenta de {brand} funciona igual.',
  'preferences.lead.expired':
    'Dijiste que sí hace tiempo y ya no vale. Digas lo que digas, tu cuenta de {brand} funciona igual.',
  'preferences.unanswered': 'Si dejas algo sin contestar, lo tomamos como un no.',
  'preferences.save': 'Guardar preferencias',
  'preferences.allAtOnce': 'o contesta a todo a la vez',
  'preferences.acceptAll': 'Aceptar todo',
  'preferences.refuseAll': 'Rechazar todo',
  'preferences.later': 'Decidirlo más tarde',
  'preferences.askedAgain':
    'Si dices que no o lo dejas, no te lo volvemos a preguntar antes del {from, date, day}, salvo que cambie el texto.',

  'savedChoices.title': 'Preferencias guardadas',
  'savedChoices.lead': 'Esto es lo que has decidido. Puedes cambiarlo cuando quieras.',
  'savedChoices.awaitsConfirmation':
    'Te hemos enviado un correo para confirmar un sí. Hasta que lo confirmes, cuenta como no.',
  'savedChoices.receipt': 'Ver el justificante',
  'savedChoices.change': 'Cambiar mis permisos',
  'savedChoices.continue': 'Seguir',

  'authorizeClient.title': '¿Quieres compartir datos con {client}?',
  'authorizeClient.lead': 'Lo pide {domain}, que es otra empresa.',
  'authorizeClient.needed': 'Datos que necesita',
  'authorizeClient.optional': 'Datos que puedes añadir',
  'authorizeClient.noValue': 'Aún no lo tenemos',
  'authorizeClient.purpose': 'Para qué',
  'authorizeClient.duration': 'Cuánto tiempo',
  'authorizeClient.howToStop': 'En Permisos, cuando quieras. Dejaremos de darle tus datos en ese momento.',
  'authorizeClient.theirNotice': 'Cómo trata {client} tus datos',
  'authorizeClient.share': 'Compartir',
  'authorizeClient.refuse': 'No compartir',
  'authorizeClient.ifRefused': 'Si no compartes, vuelves a {client} y no recibe nada.',

  'permissions.title': 'Tus permisos',
  'permissions.lead': 'Lo que nos dejas hacer con tus datos, finalidad por finalidad.',
  'permissions.empty': 'No te hemos pedido ningún permiso',
  'permissions.emptyLead': 'Cuando lo hagamos, lo verás aquí y podrás cambiarlo.',
  'permissions.takesEffect':
    'Los cambios valen desde que guardas: quien nos pregunte después recibe la respuesta nueva. Te damos un justificante.',
  'permissions.save': 'Guardar cambios',
  'permissions.interests': 'Sin preguntarte, pero puedes oponerte',
  'permissions.interestsLead':
    'Lo hacemos por un interés legítimo. Si te opones, paramos, salvo que la ley nos deje seguir.',
  'permissions.object': 'Oponerme',
  'permissions.objected': 'Te opusiste el {at, date, day}. Ya no lo hacemos.',
  'permissions.overridden':
    'Te opusiste. El {at, date, day} decidimos seguir, por motivos que pesan más. Puedes reclamar ante la autoridad.',
  'permissions.overriddenWhy': 'Leer los motivos',
  'permissions.objectAgain': 'Oponerme otra vez',
  'permissions.restricted': 'El uso de tus datos está limitado',
  'permissions.notUsed': 'No se usan',
  'permissions.restrictedLead':
    'Los guardamos y no los usamos para esto, aunque más abajo ponga que sí. Te avisaremos antes de que termine.',
  'permissions.restrictedSince': 'Desde el {since, date, day}',
  'duringRestriction.title': 'Permitir un uso mientras dure la limitación',
  'duringRestriction.lead':
    'Si no haces nada, no usamos tus datos. Puedes permitir un uso concreto y retirarlo cuando quieras, aquí mismo.',
  'duringRestriction.notAllowed': 'Ahora no se usan para esto.',
  'duringRestriction.allowed':
    'Lo permitiste el {at, date, day}, sabiendo que el uso estaba limitado. Si lo retiras, tampoco valdrá después.',
  'duringRestriction.allow': 'Permitir aunque esté limitado',
  'duringRestriction.takeBack': 'Retirar este permiso',
  'permissions.necessary': 'Lo que hace falta para atenderte',
  'permissions.necessaryLead': 'Esto no depende de un permiso. Te decimos por qué podemos hacerlo.',
  'permissions.history': 'Ver el historial y los justificantes',
  'permissions.whoReceived': 'Ver quién ha recibido tus datos',

  'withdrawn.title': 'Hecho: lo hemos parado',
  'withdrawn.lead': 'Vale desde el {at, date, moment}. No tienes que hacer nada más.',
  'withdrawn.allUse': 'Todo uso para esta finalidad',
  'withdrawn.stopped': 'Tenían tus datos para esto',
  'withdrawn.stoppedHow':
    'Desde la próxima vez que nos pregunten, ya no los reciben. Quien sigue nuestros cambios lo ve enseguida.',
  'withdrawn.whoeverHad':
    'Si alguien recibía tus datos para esto, deja de recibirlos en cuanto nos vuelva a preguntar. En tu centro de privacidad ves quién los ha recibido.',
  'withdrawn.permissions': 'Ver todos mis permisos',
} as const
