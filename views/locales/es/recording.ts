/** Saying yes, and taking it back, from a link; what waits for a confirmation or for a guardian. */
export const recording = {
  'confirm.title.waiting': '¿Confirmas que quieres recibirlo?',
  'confirm.title.confirmed': 'Confirmado',
  'confirm.title.overtaken': 'No hay nada que confirmar',
  'confirm.lead.waiting': 'Alguien, seguramente tú, dijo que sí a esto. Solo vale si lo confirmas aquí.',
  'confirm.lead.confirmed': 'Ya cuenta. Puedes cambiar de idea cuando quieras.',
  'confirm.lead.overtaken': 'Lo has cambiado después o ya ha pasado el plazo. Cuenta como no.',
  'confirm.what': 'Qué vas a recibir',
  'confirm.yes': 'Sí, lo confirmo',
  'confirm.notYou': 'Si no has sido tú, cierra esta página. Sin confirmar no te enviaremos nada.',

  'withdraw.title': '¿Dejamos de enviarte esto?',
  'withdraw.lead': 'No hace falta que entres en tu cuenta ni que nos digas por qué.',
  'withdraw.stop': 'Dejar de recibirlo',
  'withdraw.everything': 'Para ver y cambiar todo lo demás, entra en tus permisos.',

  'waits.confirmation.email':
    'Dijiste que sí. Te hemos enviado un correo: confirma ahí. Hasta entonces cuenta como no.',
  'waits.confirmation.sms':
    'Dijiste que sí. Te hemos enviado un SMS: confirma ahí. Hasta entonces cuenta como no.',
  'waits.contact-point': 'Dijiste que sí, pero aún no tenemos adónde escribirte. Cuenta como no.',
  'waits.guardian': 'Dijiste que sí. Falta que tu madre, tu padre o tu tutor diga que sí.',
  'waits.own-word': 'Dijiste que sí antes de tener edad para decidir. No cuenta hasta que lo digas ahora.',
  'waits.resend.email': 'Mandar otra vez el correo',
  'waits.resend.sms': 'Mandar otra vez el SMS',
  'waits.title': 'Falta un paso',
  'waits.until': 'Puedes confirmarlo hasta el {until, date, moment}.',

  'status.restricted': 'Ahora no lo usamos: el uso de tus datos está limitado.',
  'status.objected': 'Te opusiste el {at, date, day}. No lo hacemos.',
  'status.stopped': 'Ahora no usamos este medio contigo, digas lo que digas. Pregúntanos por qué.',
  'status.expired': 'Tu sí ha caducado. Cuenta como no hasta que contestes otra vez.',
  'status.superseded': 'Dijiste que sí a un texto anterior. Cuenta como no hasta que contestes.',
  'status.invalidated': 'Anulamos tu sí el {at, date, day}, porque no se pidió bien. Cuenta como no.',
  'status.revoked': 'Dejamos de usar tu permiso el {at, date, day}. Cuenta como no.',
  'status.deferred':
    'Lo dejaste para más tarde y cuenta como no. No te lo preguntaremos antes del {at, date, day}.',

  'choice.ago':
    '{minutes, plural, =0 {hace menos de un minuto} one {hace # minuto} many {hace # de minutos} other {hace # minutos}}',
  'choice.elsewhere.yes': 'Con esta página abierta dijiste que sí {where}, {ago}.',
  'choice.elsewhere.no': 'Con esta página abierta dijiste que no {where}, {ago}.',
  'choice.elsewhere': 'Esto cambió con la página abierta, {where}, {ago}.',
  'choice.pressedHere.yes': 'Aquí tenías marcado Sí. Vale lo último hasta que guardes otra cosa.',
  'choice.pressedHere.no': 'Aquí tenías marcado No. Vale lo último hasta que guardes otra cosa.',
  'error.overtaken':
    'Mira lo que ha cambiado y decide otra vez. Contestaste en otro sitio y aún no hemos guardado esto.',

  'diff.added': 'Añadido:',
  'diff.removed': 'Quitado:',

  'scope.everything': 'Todos tus datos y todos los usos',
  'scope.marketing': 'Toda la publicidad',

  'guardianState.too-young':
    'Tienes menos de {age} años. Un sí tuyo vale cuando también lo dice tu madre, tu padre o tu tutor. Un no vale siempre.',
  'guardianState.to-ask': 'Por tu edad, un sí tuyo vale cuando una persona adulta responsable dice que sí.',
  'guardianState.not-answered': 'Nadie contestó a tiempo, así que cuenta como no. Puedes pedírselo otra vez.',
  'guardianState.see': 'Ver lo que le hemos preguntado',
  'guardianState.of-age.title': 'Ya tienes {age} años: ahora decides tú',
  'guardianState.of-age.unheard': 'Lo que dijiste antes de tener edad no cuenta. Dilo ahora, si quieres.',
  'guardianState.of-age.kept':
    'Lo que tu madre, tu padre o tu tutor permitió sigue valiendo. Confírmalo, cámbialo o retíralo cuando quieras.',

  'permissions.guardian': 'Necesitamos a tu madre, tu padre o tu tutor',
  'permissions.guardianLead':
    'Por tu edad, un sí tuyo vale cuando una persona adulta responsable dice que sí.',
  'permissions.askGuardian': 'Pedírselo',
  'permissions.marketing': 'No quiero publicidad',
  'permissions.marketingLead':
    'Paramos toda nuestra publicidad, por todos los canales y desde ahora. Nadie puede saltárselo.',
  'permissions.objectToMarketing': 'Oponerme a toda la publicidad',
  'permissions.marketingObjected':
    'Te opusiste a toda nuestra publicidad el {at, date, day}. Solo recibirás lo que pidas después.',
  'permissions.exclusionLists':
    'También puedes apuntarte gratis a la Lista Robinson o a la Lista Stop Publicidad. Así tampoco recibes publicidad de otras empresas.',

  'guardianAsk.title': '¿Quién responde de ti?',
  'guardianAsk.lead':
    'Escribe el correo de tu madre, tu padre o tu tutor. Le preguntaremos si está de acuerdo con lo que has elegido.',
  'guardianAsk.email': 'Su correo electrónico',
  'guardianAsk.emailHint': 'Solo lo usamos para esto.',
  'guardianAsk.send': 'Preguntarle',
  'guardianAsk.what': 'Has dicho que sí a',
  'guardianAsk.waiting': 'Le hemos escrito. Puede contestar hasta el {until, date, moment}.',
  'guardianAsk.nothing': 'Ahora mismo no hay nada que preguntar.',
  'guardianAsk.back': 'Volver a mis permisos',

  'guardian.title': '¿Estás de acuerdo?',
  'guardian.lead':
    'La cuenta {child} es de una persona menor de edad. Ha dicho que sí a esto y nos ha dado tu correo.',
  'guardian.why': 'Hasta que contestes, cuenta como no. Digas lo que digas, su cuenta sigue funcionando.',
  'guardian.codeTitle': 'Primero, comprobamos que eres tú',
  'guardian.codeLead': 'Te enviamos un código al correo en el que has recibido este enlace.',
  'guardian.sendCode': 'Enviarme un código',
  'guardian.sendAnother': 'Enviarme otro código',
  'guardian.code': 'Código',
  'guardian.codeHint': '{digits} cifras. Vale {minutes} minutos.',
  'guardian.name': 'Tu nombre y apellidos',
  'guardian.statement': 'Declaro que tengo la patria potestad o la tutela de esta persona menor de edad.',
  'guardian.save': 'Guardar mi respuesta',
  'guardian.allAtOnce': 'o contesta a todo a la vez',
  'guardian.nothing': 'Ya no hay nada que contestar.',
  'guardianDone.title': 'Hemos guardado tu respuesta',
  'guardianDone.lead': 'Vale desde este momento. Puedes retirarla cuando quieras.',

  'error.statement-required': 'Marca la casilla para declarar que respondes de esta persona.',
  'error.name-required': 'Escribe tu nombre y tus apellidos.',
  'error.guardian-answer': 'Contesta Sí o No a cada cosa.',
  'error.guardian-address-own': 'Escribe el correo de otra persona. Este es el tuyo.',
  'error.guardian-proof-too-weak': 'En tu país hace falta acreditar la identidad. Escríbenos y te ayudamos.',
  'error.no-guardian-needed': 'No hace falta que preguntemos a nadie. Decides tú.',

  'flash.confirmation-sent': 'Te lo hemos enviado otra vez.',
  'flash.marketing-objected':
    'Te has opuesto a toda nuestra publicidad. Existen además listas de exclusión: Lista Robinson y Lista Stop Publicidad.',
  'flash.guardian-asked': 'Le hemos escrito. Te avisaremos aquí cuando conteste.',

  'mail.confirm.subject': 'Confirma que quieres recibir mensajes de {brand}',
  'mail.confirm.subject.reminder': 'Falta tu confirmación para {brand}',
  'mail.confirm.lead': 'Alguien, seguramente tú, ha dicho que sí a esto con este correo:',
  'mail.confirm.do': 'Para que cuente, abre esta página y confírmalo antes del {until, date, moment}:',
  'mail.confirm.link': 'Ir a confirmar',
  'mail.confirm.notYou': 'Si no has sido tú, no hagas nada. Sin confirmar no te enviaremos nada.',
  'mail.confirm.last': 'Es el único recordatorio.',
  'sms.confirm':
    '{brand}: confirma aquí que quieres recibir nuestros mensajes: {href} Si no has sido tú, no hagas nada.',

  'mail.guardianReceipt.subject': 'Justificante de tu respuesta en {brand}',
  'mail.guardianReceipt.lead': 'Esto es lo que has respondido por una persona a tu cargo:',
  'mail.guardianReceipt.file':
    'El archivo adjunto es tu justificante firmado. Guárdalo: prueba lo que se te preguntó y lo que dijiste.',
  'mail.guardianReceipt.change': 'Puedes retirar tu permiso cuando quieras, sin código ni explicaciones:',
  'mail.guardianReceipt.link': 'Retirar mi permiso',
  'guardianDone.receipt': 'Descargar el justificante',
  'guardianDone.withdraw': 'Retirar mi permiso',
  'guardianDone.mailed':
    'Te hemos enviado el justificante por correo, con un enlace para retirar tu permiso cuando quieras.',
  'guardianYes.title': 'Retirar tu permiso',
  'guardianYes.lead': 'Esto es lo que permitiste para {child}. Retirarlo vale desde este momento.',
  'guardianYes.all': 'Retirarlo todo',
  'guardianYes.one': 'Retirar: {purpose}',
  'guardianYes.none': 'No queda ningún permiso tuyo',
  'guardianYes.noneLead': 'O ya lo retiraste, o ahora decide esa persona por sí misma.',
  'guardianYes.done': 'Hemos retirado tu permiso',
  'guardianYes.doneLead': 'Vale desde este momento. No tienes que hacer nada más.',
  'mail.guardian.subject': 'Una persona a tu cargo necesita tu permiso en {brand}',
  'mail.guardian.lead':
    'La cuenta {child} de {brand} es de una persona menor de edad. Nos ha dado tu correo para pedirte permiso.',
  'mail.guardian.do': 'Abre esta página antes del {until, date, moment} y dinos si estás de acuerdo:',
  'mail.guardian.link': 'Ver lo que pide',
  'mail.guardian.notYou': 'Si no respondes de ninguna persona menor, no hagas nada. Borraremos tu correo.',
  'mail.guardianCode.subject': '{code} es tu código de {brand}',
  'mail.guardianCode.lead': 'Escribe este código en la página que tienes abierta:',

  'mail.sentBy.child':
    'Te lo envía {brand} porque una persona menor nos ha dado tu correo. No es publicidad.',

  'sms.restrictionEnds':
    '{brand}: desde el {after, date, moment} volveremos a usar los datos que nos pediste limitar. Si no estás de acuerdo, escríbenos antes.',
  'mail.restrictionEnds.subject': 'Volveremos a usar tus datos en {brand}',
  'mail.restrictionEnds.lead':
    'Nos pediste limitar el uso de tus datos. La limitación terminará a partir del {after, date, moment}.',
  'mail.restrictionEnds.do':
    'Si no estás de acuerdo, escríbenos antes. También puedes reclamar ante la autoridad de control.',
} as const
