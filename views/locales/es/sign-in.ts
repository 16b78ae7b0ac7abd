export const signIn = {
  'identify.title': 'Entra en tu cuenta',
  'identify.email': 'Correo electrónico',
  'identify.continue': 'Continuar',
  'identify.or': 'o bien',
  'identify.usePasskey': 'Usar llave de acceso (passkey)',
  'identify.withoutPasskeys': 'Este navegador no puede usar llaves de acceso ahora. Sigue con tu correo.',
  'identify.newHere': '¿Es tu primera vez?',
  'identify.createAccount': 'Crear cuenta',
  'identify.shortcuts': 'Demo: entrar como…',

  'enterPassword.title': 'Escribe tu contraseña',
  'enterPassword.password': 'Contraseña',
  'enterPassword.continue': 'Entrar',
  'enterPassword.forgot': '¿No la recuerdas? Entra con un código de un solo uso.',
  'enterPassword.sendCode': 'Enviarme un código',

  'enterCode.title': 'Escribe el código',
  'enterCode.lead.sign-in': 'Si existe una cuenta con ese correo, te hemos enviado un código.',
  'enterCode.lead.create-account': 'Te hemos enviado un mensaje para comprobar que el correo es tuyo.',
  'enterCode.lead.step-up':
    'Vas a hacer algo delicado. Te hemos enviado un código para confirmar que eres tú.',
  'enterCode.code': 'Código',
  'enterCode.hint':
    '{digits, plural, one {# cifra} many {# de cifras} other {# cifras}}. Vale {minutes, plural, one {# minuto} many {# de minutos} other {# minutos}}.',
  'enterCode.continue.sign-in': 'Entrar',
  'enterCode.continue.create-account': 'Comprobar correo',
  'enterCode.continue.step-up': 'Confirmar',
  'enterCode.notReceived': '¿No te ha llegado?',
  'enterCode.lookInSpam': 'Mira en la carpeta de correo no deseado. A veces tarda un minuto.',
  'enterCode.resendIn': 'Podrás pedir otro código dentro de {seconds} s.',
  'enterCode.resend': 'Enviarme otro código',
  'enterCode.otherWay': 'Entrar de otra forma',

  'createAccount.title': 'Crea tu cuenta',
  'createAccount.lead': 'Empezamos por tu correo. Te enviaremos un código para comprobar que es tuyo.',
  'createAccount.signIn': 'Ya tengo cuenta',
  'createAccount.email': 'Correo electrónico',
  'createAccount.emailHint': 'Lo usarás para entrar. No lo usaremos para publicidad si no nos dices que sí.',
  'createAccount.continue': 'Continuar',
  'createAccount.read': 'Antes de seguir puedes leer:',
  'createAccount.terms': 'condiciones de uso',
  'createAccount.privacyNotice': 'cómo tratamos tus datos',

  'yourDetails.title': '¿Cómo te llamas?',
  'yourDetails.lead': 'Solo pedimos lo que hace falta. Lo opcional puedes dejarlo en blanco.',
  'yourDetails.password': 'Contraseña',
  'yourDetails.passwordWhy': 'No la necesitas si entras con una llave de acceso o con un código.',
  'yourDetails.continue': 'Continuar',

  'createPasskey.title': 'Entra más rápido la próxima vez',
  'createPasskey.lead':
    'Crea una llave de acceso (passkey) y entra con tu huella, tu cara o el bloqueo de pantalla.',
  'createPasskey.what': '¿Qué es una llave de acceso?',
  'createPasskey.explained':
    'Sustituye a la contraseña. La guarda tu dispositivo o tu gestor de contraseñas, y nadie puede adivinarla.',
  'createPasskey.private': 'Tu huella y tu cara no salen de tu dispositivo. Nosotros no las recibimos.',
  'createPasskey.without':
    'Este navegador no puede crear llaves de acceso ahora. Puedes seguir y crearla más tarde.',
  'createPasskey.create': 'Crear llave de acceso',
  'createPasskey.notNow': 'Ahora no',
  'createPasskey.later': 'Podrás crearla o quitarla cuando quieras en Seguridad.',

  'checkAnswers.title': 'Comprueba tus respuestas',
  'checkAnswers.lead': 'Crearemos la cuenta con estos datos. Después también podrás cambiarlos.',
  'checkAnswers.details': 'Tus datos',
  'checkAnswers.permissions': 'Tus permisos',
  'checkAnswers.notGiven': 'Sin indicar',
  'checkAnswers.change': 'Cambiar',
  'checkAnswers.finish': 'Crear cuenta',

  'continuing.title': 'Volviendo a {client}',
  'continuing.lead': 'Ya has entrado. Seguimos en un momento.',
  'continuing.link': 'Ir a {client} ahora',

  'formPost.lead': 'Seguimos en un momento. Si no ocurre nada, pulsa el botón.',

  'signOut.title': '¿Quieres cerrar la sesión?',
  'signOut.lead': 'Con esta sesión has entrado en:',
  'signOut.leadOne': 'Tendrás que volver a entrar para ver tu cuenta.',
  'signOut.one': 'Cerrar sesión',
  'signOut.all': 'Cerrar sesión en todo',
  'signOut.onlyHere': 'Cerrar solo en {client}',
  'signOut.onlyHereMeans':
    'Si cierras solo en {client}, las demás aplicaciones y tu cuenta siguen abiertas. Mientras tanto, en este navegador se puede volver a entrar en {client} sin escribir nada. En un dispositivo compartido, cierra la sesión en todo.',
  'signOut.stay': 'Seguir con la sesión abierta',

  'signedOut.title': 'Hemos cerrado tu sesión',
  'signedOut.lead': 'Ya puedes dejar este dispositivo.',
  'signedOut.onlyTitle': 'Hemos cerrado tu sesión en {client}',
  'signedOut.onlyLead':
    'Las demás aplicaciones y tu cuenta siguen abiertas. En este navegador se puede volver a entrar en {client} sin escribir nada.',
  'signedOut.told': 'Hemos avisado a',
  'signedOut.sharedDevice': 'Si otras personas usan este dispositivo, cierra también el navegador.',
  'signedOut.back': 'Volver a {client}',

  'setPassword.title.new': 'Elige una contraseña',
  'setPassword.title.change': 'Cambia tu contraseña',
  'setPassword.title.recovery': 'Elige una contraseña nueva',
  'setPassword.title.compromised': 'Tu contraseña ya no es segura',
  'setPassword.lead.new': 'Podrás entrar con ella además de con un código.',
  'setPassword.lead.change': 'Al guardarla cerraremos tus otras sesiones.',
  'setPassword.lead.recovery': 'Al guardarla cerraremos tus otras sesiones y te avisaremos por correo.',
  'setPassword.lead.compromised':
    'Aparece en una filtración de otro servicio. Elige una distinta para seguir.',
  'setPassword.current': 'Contraseña actual',
  'setPassword.new': 'Contraseña nueva',
  'setPassword.hint':
    'Al menos {length, plural, one {# carácter} many {# de caracteres} other {# caracteres}}. Tres o cuatro palabras sin relación funcionan bien.',
  'setPassword.save': 'Guardar contraseña',
} as const
