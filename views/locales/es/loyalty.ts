export const loyalty = {
  'card.title': 'Tu tarjeta',
  'card.lead': 'Enséñala en la caja. El código cambia cada medio minuto y solo vale una vez.',
  'card.qr': 'Código QR de tu tarjeta para el lector de la caja',
  'card.number': 'Número de tarjeta',
  'card.numberHint':
    'Con el número solo se ven tus puntos y tu nivel. Tu nombre y tus ventajas, solo con el código.',
  'card.left': 'Segundos que le quedan: 60',
  'card.stale': 'No hay conexión y el código ha caducado. Di tu número de tarjeta en la caja.',
  'card.anyStore': 'Vale en cualquiera de nuestras tiendas.',
  'card.onlyStore': 'Solo vale en {store}.',
  'card.new': 'Otro código',
  'card.none': 'Todavía no tienes tarjeta',
  'card.noneAbout':
    'Es gratis y solo es un número: sirve para reunir puntos y para que en la tienda sepan quién eres cuando tú quieras.',
  'card.ask': 'Quiero una tarjeta',
  'card.issued': 'Ya tienes tarjeta.',
  'card.seen': 'Qué ve la tienda',
  'card.seenNumber': 'Si das tu número: tus puntos y tu nivel. No ve tu nombre.',
  'card.seenCode':
    'Si enseñas este código: tus puntos, tu nivel, tu nombre y las ventajas que has permitido.',
  'card.seenHistory': 'Cada vez queda anotada en tu actividad, con la tienda.',
  'card.activity': 'Ver mi actividad',
  'security.activity.card-issued': 'Te dimos una tarjeta',
  'security.activity.till-read-card': 'Una tienda leyó tu tarjeta',
  'security.activity.till-code-sent':
    'Te enviamos un código para la caja, porque alguien lo pidió con tu tarjeta',
  'security.activity.till-code-repeated': 'Alguien enseñó por segunda vez un código de tu tarjeta',
  'overview.card': 'Tu tarjeta',
  'overview.cardState': 'El código para la caja y lo que ve la tienda',
  'mail.tillCode.subject': '{code} es tu código para la caja de {place}',
  'mail.tillCode.lead': 'Dile este código a quien te atiende en {place}. Solo sirve en esa caja:',
  'mail.tillCode.until': 'Vale hasta {at, time, clock}.',
  'mail.tillCode.notThere':
    'Si no estás en {place}, no se lo digas a nadie: alguien ha leído tu número de tarjeta y, sin el código, no verá tu nombre.',
  'sms.tillCode':
    '{brand}: {code} es tu código para la caja de {place}. Díselo a quien te atiende; si no estás allí, a nadie.',
}
