/** The customer's phone in front of a kiosk. Short: people read it standing. */
export const kioskPhone = {
  'phoneCode.title': 'Escribe el código del quiosco',
  'phoneCode.lead': 'Está en la pantalla del quiosco, junto al QR.',
  'phoneCode.label': 'Código',
  'phoneCode.hint': 'Ocho letras, como WDJB-MJHT. Da igual si pones el guion.',
  'phoneCode.go': 'Continuar',
  'phoneCode.notSent':
    'Nunca te mandamos este código ni te lo pedimos por teléfono. Si alguien te lo ha dado, no lo escribas.',

  'phoneConfirm.title': '¿Tienes delante el {kiosk}?',
  'phoneConfirm.onlyIf':
    'Vas a entrar con tu cuenta en: {kiosk}, {store}. Continúa solo si lo tienes delante.',
  'phoneConfirm.notIf':
    'No sigas si este enlace o este código te han llegado por mensaje, correo o teléfono, o si no estás en la tienda.',
  'phoneConfirm.decline': 'No continuar',
  'phoneConfirm.report': 'No he sido yo',
  'phoneConfirm.kiosk': 'Quiosco',
  'phoneConfirm.store': 'Tienda',
  'phoneConfirm.since': 'Código pedido',
  'phoneConfirm.at': '{at, date, moment}',
  'phoneConfirm.code': 'Código en su pantalla',
  'phoneConfirm.application': 'Aplicación',
  'phoneConfirm.may': 'Qué podrá hacer',
  'phoneConfirm.scope.openid': 'Saber quién eres mientras estés delante, 15 minutos como mucho.',
  'phoneConfirm.scope.kiosk': 'Enseñarte tus permisos y guardar lo que cambies tú en su pantalla.',
  'phoneConfirm.whichNumber': '¿Qué número ves en el quiosco?',
  'phoneConfirm.numberHint': 'Si ninguno coincide, pulsa «No he sido yo».',
  'phoneConfirm.approve': 'Sí, entrar en el {kiosk}',
  'phoneConfirm.forgets': 'Cuando te vayas, el quiosco se olvida de ti.',

  'phoneDone.title': 'Ya puedes seguir en el quiosco',
  'phoneDone.lead': 'Has entrado en: {kiosk}, {store}.',
  'phoneDone.ends':
    'Cuando termines, pulsa «Salir» en su pantalla. Si te vas sin hacerlo, se cierra en un minuto.',
  'phoneDone.report': 'No he sido yo: cerrarlo ahora',

  'phoneOutcome.declined.title': 'No has entrado en el quiosco',
  'phoneOutcome.declined.lead': 'No hemos dado nada a nadie. Este código ya no vale.',
  'phoneOutcome.reported.title': 'Lo hemos cerrado',
  'phoneOutcome.reported.lead':
    'Gracias por avisar. Ese código ya no vale, y si había una sesión en el quiosco, está cerrada. Nuestro equipo lo revisará.',
  'phoneOutcome.wrong-number.title': 'Ese no era el número del quiosco',
  'phoneOutcome.wrong-number.lead':
    'Por seguridad hemos anulado el código y nadie ha entrado. Si estás en la tienda, pide otro en la pantalla y empieza otra vez.',
  'phoneOutcome.passkey-needed.title': 'Confirma con tu llave de acceso',
  'phoneOutcome.passkey-needed.lead':
    'Parece que tu teléfono y el quiosco están en países distintos. Si lo tienes delante, confirma que eres tú con una llave de acceso (passkey).',
  'phoneOutcome.passkey': 'Usar mi llave de acceso',
  'phoneOutcome.security': 'Revisar mi seguridad',
  'phoneOutcome.privacy': 'Ir a mi privacidad',
} as const
