/** Llamadas con nuestros agentes: el código que se dice en voz alta, lo que se apuntó, y la página donde la persona responde. */
export const calls = {
  'callLink.title.asks': '¿Estás de acuerdo?',
  'callLink.title.told': 'Lo que se apuntó en tu llamada',
  'callLink.title.answered': 'Hemos guardado tu respuesta',
  'callLink.title.answered-before': 'Ya respondiste a esto',
  'callLink.title.disowned': 'Apuntado: no fuiste tú',
  'callLink.title.overtaken': 'Ya no hay nada que responder aquí',
  'callLink.lead.asks':
    'En la llamada {reference}, del {at, date, moment}, te leímos lo que sigue. Solo cuenta lo que respondas tú aquí.',
  'callLink.lead.told': 'Llamada {reference}, del {at, date, moment}.',
  'callLink.lead.answered':
    'Vale desde este momento. Es tu respuesta a lo que te leímos en la llamada {reference}.',
  'callLink.lead.answered-before':
    'Esta página se contesta una sola vez. Así está ahora lo que te leímos en la llamada {reference}; puedes cambiarlo cuando quieras en tus permisos.',
  'callLink.lead.disowned':
    'Ningún sí que se apuntara en la llamada {reference} cuenta, y hemos avisado a quien vigila que esto no pase.',
  'callLink.lead.overtaken':
    'O el texto ha cambiado desde la llamada, o ya lo decidiste en otro sitio. No hemos apuntado nada nuevo.',
  'callLink.save': 'Guardar mi respuesta',
  'callLink.told': 'Dijiste que no a:',
  'callLink.restored': 'Vuelve a valer tu sí a:',
  'callLink.stays': 'Sigue en no:',
  'callLink.toBeAsked': 'Esto no vuelve sin preguntarte. Míralo en tus permisos y decide de nuevo:',
  'callLink.notMineTitle': '¿No fuiste tú?',
  'callLink.notMine':
    'Si no hablaste con nosotros, o no dijiste eso, dínoslo antes del {until, date, moment}. Lo dejaremos como estaba.',
  'callLink.notMineRestores': 'Volverá a valer el sí que habías dado a:',
  'callLink.notMineDo': 'Esto no lo he hecho yo',

  'mail.callCode.subject': '{code} es el código de tu llamada con {brand}',
  'mail.callCode.lead': 'Di este código a quien te atiende en la llamada {reference}:',
  'mail.callCode.only':
    'Dilo solo si hablas con nosotros ahora y esa persona te ha dicho la referencia {reference}.',
  'mail.callCode.notYou':
    'Si no estás al teléfono con nosotros, no se lo digas a nadie: alguien quiere pasar por ti.',
  'sms.callCode':
    '{brand}: {code} es el código de tu llamada {reference}. Dilo solo si hablas con nosotros ahora. Si no, a nadie.',

  'mail.callChoices.subject.pending': 'Falta tu respuesta a lo que hablamos · {brand}',
  'mail.callChoices.subject.told': 'Lo que apuntamos en tu llamada · {brand}',
  'mail.callChoices.lead': 'Esto se apuntó en la llamada {reference}, del {at, date, moment}.',
  'mail.callChoices.pending': 'Dijiste que sí, y todavía no cuenta: lo confirmas tú, o no vale.',
  'mail.callChoices.told': 'Dijiste que no, y ya cuenta:',
  'mail.callChoices.link': 'Responder, o decir que no fui yo',
  'mail.callChoices.until': 'La página está abierta hasta el {until, date, moment}.',
  'mail.callChoices.notYou':
    'Si esto no lo has hecho tú, dilo en esa misma página y lo dejaremos como estaba.',
  'sms.callChoices':
    '{brand}: mira lo que se apuntó en tu llamada {reference}, confírmalo o di que no fuiste tú: {href}',

  'security.activity.call-looked-up': 'Se buscó tu cuenta en una llamada',
  'security.activity.call-opened': 'Alguien de nuestro equipo abrió tu cuenta en una llamada',
  'security.activity.call-code-sent': 'Te enviamos un código para una llamada',
  'security.activity.call-verified': 'Se comprobó en una llamada que eras tú',
  'security.activity.call-check-failed': 'No se pudo comprobar en una llamada que fueras tú',
  'security.activity.call-back-planned':
    'Alguien de nuestro equipo vio tu número registrado, para devolverte la llamada',
  'security.activity.call-back-told': 'Alguien de nuestro equipo apuntó que llamó a tu número registrado',
  'security.activity.call-fields-read':
    'Alguien de nuestro equipo vio qué datos tenemos, con los valores tapados',
  'security.activity.call-field-unmasked': 'Alguien de nuestro equipo vio un dato tuyo en una llamada',
  'security.activity.call-choices-read':
    'Alguien de nuestro equipo vio a qué has dicho que sí y que no, en una llamada',
  'security.activity.call-choices-told': 'Alguien de nuestro equipo apuntó lo que dijiste en una llamada',
  'security.activity.call-choices-answered': 'Respondiste a lo que se te leyó en una llamada',
  'security.activity.call-disowned': 'Dijiste que lo apuntado en una llamada no fue cosa tuya',
  'security.activity.call-request-opened': 'Pediste algo sobre tus datos en una llamada',
} as const
