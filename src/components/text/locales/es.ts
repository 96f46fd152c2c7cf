import type { Locale } from '../locale.ts';

/** Spanish. */
export const es: Locale = {
  tag: 'es',
  direction: 'ltr',
  texts: {
    'account.forget': 'Pedirlo a mi billetera la próxima vez',
    'account.lock': 'Bloquear acceso',
    'account.logout': 'Cerrar sesión',
    'account.logout.text':
      'Se borra todo lo que este dispositivo guarda de tus chats, también los borradores y los mensajes sin enviar. Tus chats siguen en el Push Node y tu billetera los vuelve a abrir.',
    'account.options': 'Opciones de la cuenta',
    'account.unlocked': 'Desbloqueado en este dispositivo',

    'action.accept': 'Aceptar',
    'action.block': 'Bloquear',
    'action.cancel': 'Cancelar',
    'action.close': 'Cerrar',
    'action.reject': 'Rechazar',
    'action.tryAgain': 'Reintentar',
    'action.unblock': 'Desbloquear',
    'action.undo': 'Deshacer',

    'attach.add': 'Adjuntar archivos',
    'attach.list': 'Archivos para enviar',
    'attach.preparing': 'Preparando…',
    'attach.remove': 'Quitar {name}',

    'blockList.empty': 'No has bloqueado a nadie.',
    'blockList.title': 'Cuentas bloqueadas',
    'blockList.unblock': 'Desbloquear {address}',

    'blocked.text': 'Ninguno puede escribir al otro.',
    'blocked.title': 'Has bloqueado a {name}',

    'bubble.code': 'Código',
    'bubble.discard': 'Descartar',
    'bubble.download': 'Descargar',
    'bubble.edit': 'Editar',
    'bubble.failed': 'No enviado',
    'bubble.fromMe': 'Tú:',
    'bubble.fromPeer': 'La otra persona:',
    'bubble.mirrorDiffers': 'Las apps antiguas muestran otro texto',
    'bubble.moreParts': '{count, plural, one {y # parte más} many {y # de partes más} other {y # partes más}}',
    'bubble.notEncrypted': 'Sin cifrar',
    'bubble.pending': 'Enviando…',
    'bubble.quoted': 'Ir al mensaje al que responde:',
    'bubble.quotedUnknown': 'Un mensaje anterior',
    'bubble.read': 'Leído',
    'bubble.retry': 'Reintentar',
    'bubble.sent': 'Enviado',
    'bubble.showAll': 'Mostrar todo',
    'bubble.signed': 'Firmado, pero ninguna billetera responde por la clave',
    'bubble.unsafe': '{kind} · no se puede mostrar de forma segura',
    'bubble.verified': 'Verificado',
    'bubble.waiting': 'Esperando para enviar…',

    'chats.empty.text': 'Aquí aparecen las solicitudes que aceptas y los mensajes que envías.',
    'chats.empty.title': 'Aún no hay chats',
    'chats.failed': 'No se pudieron cargar tus chats',
    'chats.loading': 'Cargando chats…',
    'chats.markRead': 'Marcar como leído',
    'chats.more': 'Cargar más chats',
    'chats.title': 'Chats',
    'chats.unread': '{count} sin leer',
    'chats.draft': 'Borrador',
    'chats.nothing': 'Nada de aquí contiene «{text}». Solo se busca en los chats cargados.',
    'chats.search': 'Buscar personas y mensajes',
    'chats.you': 'Tú: {text}',

    'check.content': 'Se pudo abrir',
    'check.content.encrypted': 'Cifrado de extremo a extremo',
    'check.content.plain': 'Sin cifrar',
    'check.failed': 'no superado',
    'check.id': 'Guardado tal como se escribió',
    'check.key': 'La clave pertenece a quien firmó',
    'check.key.mine': 'Tu propia clave de chat, avalada por tu billetera',
    'check.key.signed': 'La clave de chat de {name}; ninguna billetera la avala',
    'check.key.verified': 'La clave de chat de {name}, avalada por su billetera',
    'check.parties': 'Escrito entre vosotros dos',
    'check.passed': 'superado',
    'check.proof': 'La firma coincide',
    'check.unmade': 'sin comprobar',

    'composer.label': 'Mensaje',
    'composer.send': 'Enviar mensaje',

    'connection.connecting': 'Conectando…',
    'connection.offline': 'Sin conexión',

    'copy.copied': 'Copiado',
    'copy.failed': 'No se pudo copiar',

    'day.today': 'Hoy',
    'day.yesterday': 'Ayer',

    'details.compare': 'Comparar número de seguridad',
    'details.passed': 'Este mensaje ha superado todas las comprobaciones.',
    'details.save': 'Guardar prueba',
    'details.saved': 'La prueba se ha guardado.',
    'details.signed': 'Firmado',

    'done.blocked': '{name} está bloqueado',
    'done.deleted': 'Mensaje eliminado en este dispositivo',

    'emoji.faces': 'Caras',
    'emoji.food': 'Comida',
    'emoji.hands': 'Manos y personas',
    'emoji.nature': 'Naturaleza',
    'emoji.signs': 'Símbolos',
    'emoji.things': 'Objetos',
    'emoji.title': 'Emojis',

    'gate.keyChanged.accept': 'Escribir a la clave nueva',
    'gate.keyChanged.text':
      'Comparaste otra clave suya. Vuelve a comparar el número de seguridad o escribe a la clave nueva.',
    'gate.keyChanged.title': 'La clave de chat de {name} ha cambiado',
    'gate.unchecked.text':
      'Pertenece a una billetera de contrato o a un NFT. Solo su blockchain sabe de quién es la clave y esta app no la consulta, así que no se envía nada.',
    'gate.unchecked.title': 'Aquí no se puede comprobar su clave de chat',
    'gate.unverified.text':
      'Ninguna billetera la avala, así que no se le envía nada. Esto termina cuando esa persona vuelva a desbloquear el chat con su billetera.',
    'gate.unverified.title': 'No se puede verificar su clave de chat',

    'hidden.ChainUnavailable': 'Solo una blockchain sabe qué clave lo firmó y esta app no la consulta.',
    'hidden.CidMismatch': 'Se modificó después de guardarse.',
    'hidden.KeyNotFound': 'No se encuentra la clave del remitente.',
    'hidden.KeyUnattested': 'No se puede verificar la clave del remitente.',
    'hidden.PayloadMalformed': 'No es un mensaje bien formado.',
    'hidden.ProofDowngrade': 'Su firma es más débil que la habitual de este remitente.',
    'hidden.ProofMissing': 'No lleva firma.',
    'hidden.ReceiverMismatch': 'Se escribió para otro chat.',
    'hidden.ReplayDetected': 'Es una copia de un mensaje anterior.',
    'hidden.other': 'Su firma no coincide con el remitente.',
    'hidden.title': 'Mensaje oculto',

    'inbox.back': 'Volver a los chats',
    'inbox.choose.text': 'Sus mensajes aparecen aquí.',
    'inbox.choose.title': 'Elige un chat',
    'inbox.label': 'Bandeja de entrada',
    'inbox.requests': 'Solicitudes',
    'inbox.title': 'Mensajes',
    'inbox.unread': '{count} sin leer',
    'inbox.waiting': '{count} en espera',

    'key.missing': 'Aún sin cifrar',
    'key.signed': 'Clave sin aval',
    'key.unattested': 'Clave no verificable',
    'key.unchecked': 'Clave no comprobable aquí',
    'key.verified': 'Cifrado',

    'kind.Audio': 'Mensaje de voz',
    'kind.File': 'Archivo',
    'kind.GIF': 'GIF',
    'kind.Image': 'Imagen',
    'kind.MediaEmbed': 'Enlace',
    'kind.Video': 'Vídeo',

    'launcher.close': 'Cerrar chat',

    lookalike: 'Esta dirección se parece a la de {name}, pero no es la misma.',

    'menu.copy': 'Copiar',
    'menu.delete': 'Eliminar para mí',
    'menu.details': 'Detalles',
    'menu.label': 'Opciones del mensaje',
    'menu.react': 'Reaccionar con {emoji}',
    'menu.reply': 'Responder',

    'new.invalid':
      'Esto no es una dirección. Una dirección tiene 42 caracteres y empieza por 0x; comprueba que no falte ninguno.',
    'new.label': 'Dirección (0x…)',
    'new.label.names': 'Dirección (0x…) o nombre',
    'new.look': 'Buscar',
    'new.open': 'Iniciar chat',
    'new.self': 'Esta es tu propia cuenta.',
    'new.text': 'Pega la dirección de la billetera a la que quieres escribir.',
    'new.text.names': 'Pega la dirección de la billetera a la que quieres escribir, o su nombre.',
    'new.title': 'Chat nuevo',
    'new.unknown': 'Ninguna cuenta tiene este nombre.',

    'notice.ChainBroken.text':
      'El Push Node entrega estos mensajes en otro orden, o junto a otros, distintos de como se escribieron.',
    'notice.ChainBroken.title': 'El historial se ha reescrito aquí',
    'notice.EncryptedFromHere.text':
      'El chat está configurado en ambos lados, así que solo vosotros dos podéis leer lo que sigue.',
    'notice.EncryptedFromHere.title': 'Los mensajes están cifrados desde aquí',
    'notice.HistoryGap.counted':
      '{count, plural, one {Aquí falta # mensaje} many {Aquí faltan # de mensajes} other {Aquí faltan # mensajes}}',
    'notice.HistoryGap.text':
      'El Push Node ha omitido algo entre estos mensajes. Quizá vuelva al desplazarte hacia arriba o al recargar.',
    'notice.HistoryGap.title': 'Puede que aquí falten mensajes',
    'notice.HistoryRollback.text':
      'Antes conocía más de este chat, como tras restaurar una copia de seguridad. Lo que tiene este dispositivo se queda aquí.',
    'notice.HistoryRollback.title': 'Al Push Node le faltan los mensajes más recientes',
    'notice.KeyChanged.text':
      'Ocurre tras una configuración nueva o en un dispositivo nuevo. Lo que escribes ahora usa la clave nueva.',
    'notice.KeyChanged.title': 'Su clave de chat ha cambiado',

    'offline.text': 'Los mensajes nuevos aparecerán cuando vuelvas a tener conexión.',
    'offline.title': 'No tienes conexión.',

    'onChain.anyAmount': 'Cualquier importe',
    'onChain.anyChain': 'la cadena de tu billetera',
    'onChain.chain': 'Cadena',
    'onChain.coin': 'en la moneda propia de la cadena',
    'onChain.copyAddress': 'Copiar dirección',
    'onChain.copyHash': 'Copiar hash de la transacción',
    'onChain.copyRequest': 'Copiar solicitud de pago',
    'onChain.misspelt': 'Esta dirección tiene una errata: su suma de control no es correcta.',
    'onChain.request': 'Solicitud de pago',
    'onChain.to': 'Para',

    'peer.options': 'Opciones del chat',
    'peer.restore':
      '{count, plural, one {Recuperar # mensaje eliminado} many {Recuperar # de mensajes eliminados} other {Recuperar # mensajes eliminados}}',
    'peer.unknown.text': 'Este chat necesita una dirección (0x…), eip155:0x… o CAIP-10.',
    'peer.unknown.title': 'No existe esa cuenta',

    'plaintext.fact.private': 'No incluyas nada privado.',
    'plaintext.fact.signed': 'Aun así lleva tu firma, de modo que nadie puede modificarlo.',
    'plaintext.keep': 'Guardar como borrador',
    'plaintext.send': 'Enviar sin cifrar',
    'plaintext.text':
      '{name} nunca ha usado el chat, así que el Push Node puede leer este mensaje. Lo que escribas cuando lo haya configurado irá cifrado.',
    'plaintext.title': 'Este primer mensaje no está cifrado',

    'reaction.both': '{emoji}, de los dos',
    'reaction.mine': '{emoji}, tuyo',
    'reaction.theirs': '{emoji}, de la otra persona',

    'reply.cancel': 'No responder a este mensaje',
    'reply.me': 'Respuesta a ti mismo',
    'reply.peer': 'Respuesta a {name}',

    'request.asks': 'Quiere escribirte',
    'request.linkHidden': 'enlace oculto',
    'request.note': 'Al aceptar, podrá enviarte notificaciones. Hasta entonces no puede ver si lo has leído.',
    'request.read': 'Leer solicitud',
    'request.title': '{name} quiere escribirte',

    'requests.empty.text': 'Quienes te escriben por primera vez esperan aquí tu respuesta.',
    'requests.empty.title': 'No hay solicitudes',
    'requests.failed': 'No se pudieron cargar tus solicitudes',
    'requests.loading': 'Cargando solicitudes…',
    'requests.more': 'Cargar más solicitudes',
    'requests.rejectAll': 'Rechazar todas',
    'requests.rejectAll.text':
      '{count, plural, one {Se rechaza # solicitud.} many {Se rechazan # de solicitudes.} other {Se rechazan # solicitudes.}} No se bloquea a nadie: pueden volver a escribir.',
    'requests.rejecting':
      '{count, plural, one {Queda # solicitud…} many {Quedan # de solicitudes…} other {Quedan # solicitudes…}}',
    'requests.showMore':
      '{count, plural, one {Mostrar # solicitud más} many {Mostrar # de solicitudes más} other {Mostrar # solicitudes más}}',
    'requests.title': 'Solicitudes',

    'safety.compared': 'Comparaste este número con {name}. Si su clave cambia, se te preguntará antes de escribirle.',
    'safety.none': '{name} no tiene una clave de chat avalada por una billetera, así que aún no hay nada que comparar.',
    'safety.same': 'Los números coinciden',
    'safety.text':
      'Compáralo con {name} en persona o en una llamada. Si ambos veis el mismo número, no hay nadie entre vosotros.',
    'safety.title': 'Número de seguridad',

    'search.nothing': 'No se encontró nada',

    'said.ACCEPT_INTENT': 'Aceptó la solicitud',
    'said.JOIN_GROUP': 'Se unió al grupo',
    'said.LEAVE_GROUP': 'Salió del grupo',
    'said.REJECT_INTENT': 'Rechazó la solicitud',
    'said.answered': 'Respondió',
    'said.reacted': 'Reaccionó con {emoji}',
    'said.read': 'Leído',

    'support.available': 'Disponible ahora',
    'support.away': 'Ausente',
    'support.back': 'Vuelve {when}',
    'support.back.text': 'Escribe ahora: la respuesta estará aquí cuando vuelvas.',
    'support.guest': 'Escribes como invitado',
    'support.guest.claim': 'Vincular mi billetera',
    'support.guest.start': 'Escribir como invitado',
    'support.guest.text':
      'Tu chat vive en este navegador. Vincula tu billetera para encontrarlo también en tus otros dispositivos.',

    'thread.empty.hello': 'Saluda a {name}.',
    'thread.empty.title': 'Aún no hay mensajes',
    'thread.failed': 'No se pudieron cargar los mensajes',
    'thread.jump': 'Ir al mensaje más reciente',
    'thread.jumpNew': '{count, plural, one {# mensaje nuevo} many {# de mensajes nuevos} other {# mensajes nuevos}}',
    'thread.label': 'Mensajes con {name}',
    'thread.loading': 'Cargando mensajes…',
    'thread.newCount': '{count} nuevos',
    'thread.older': 'Cargar mensajes anteriores',
    'thread.said': '{name}: {text}',
    'thread.unread': '{count, plural, one {# mensaje nuevo} many {# de mensajes nuevos} other {# mensajes nuevos}}',

    'unlock.again': 'Desbloquear el chat otra vez',
    'unlock.changed.title': 'Tu billetera cambió de cuenta',
    'unlock.contract.title': 'Esta billetera aún no puede desbloquear el chat',
    'unlock.exact': 'Esto es lo que muestra tu billetera',
    'unlock.exact.text': 'Si muestra otra cosa, recházalo allí.',
    'unlock.failed.title': 'No se pudo desbloquear el chat',
    'unlock.generating': 'Creando tu clave de chat en este dispositivo…',
    'unlock.keep': 'Mantener desbloqueado en este dispositivo',
    'unlock.keep.text':
      'La próxima vez tus chats se abrirán sin tu billetera. Solo donde nadie más use este navegador.',
    'unlock.lead':
      'Tu billetera firma para abrir tu clave de chat. Sin transacción, sin comisión, y nada sale de tu billetera.',
    'unlock.noWallet.text': 'Conecta una billetera para leer y escribir mensajes.',
    'unlock.noWallet.title': 'No hay ninguna billetera conectada',
    'unlock.open.text':
      'La firma cierra la clave, de modo que solo esta billetera puede abrirla. La primera vez quizá se te pida dos veces, para asegurar que tu billetera puede repetirla.',
    'unlock.open.title': 'Abre tu clave de chat',
    'unlock.publishing': 'Publicando tu clave pública…',
    'unlock.reading': 'Buscando tu clave de chat…',
    'unlock.refused.title': 'No se firmó nada',
    'unlock.reopening': 'Abriendo tus chats…',
    'unlock.sign': 'Firma en tu billetera…',
    'unlock.signAgain': 'Firma {prompt} de {of}: la misma otra vez…',
    'unlock.signNth': 'Firma {prompt} de {of}: firma en tu billetera…',
    'unlock.silent.title': 'Tu billetera no respondió',
    'unlock.title': 'Desbloquear chat',
    'unlock.unrepeatable.title': 'Esta billetera firma distinto cada vez',
    'unlock.vouch.text': 'Con otra firma, los demás pueden comprobar que la clave es tuya.',
    'unlock.vouch.title': 'Solo la primera vez: avalarla',

    'unopened.PayloadMalformed': 'Su contenido no está bien formado.',
    'unopened.UnsupportedEncType': 'Está cifrado de un modo que esta app no conoce.',
    'unopened.UnsupportedMessageType': 'Es de un tipo que esta app no conoce.',
    'unopened.other': 'Se escribió para una clave que este dispositivo no tiene.',
    'unopened.title': 'No se puede abrir aquí',

    'window.label': 'Chat',

    'error.Aborted': 'Se detuvo antes de terminar.',
    'error.AuthRequired': 'El Push Node pide una firma. Vuelve a desbloquear el chat.',
    'error.BlockedPeer': 'Has bloqueado esta cuenta, o ella a ti. No se envió nada.',
    'error.ChainUnavailable': 'La blockchain no respondió. Reinténtalo en un momento.',
    'error.GestureRequired': 'Solo se pide algo a tu billetera tras un clic. Haz clic para continuar.',
    'error.HeadConflict': 'Otro dispositivo escribió en este chat al mismo tiempo. Reinténtalo.',
    'error.Internal': 'Algo salió mal aquí. Reinténtalo; si continúa, avisa a los creadores de esta app.',
    'error.InvalidAddress': 'Esto no es una dirección. Comprueba que no falte ningún carácter.',
    'error.KeyBundleMalformed': 'La clave de chat en el Push Node está dañada. No se usó.',
    'error.KeyChanged':
      'La clave de chat de esta cuenta ha cambiado. Compara el número de seguridad antes de escribir.',
    'error.KeyMismatch': 'La clave de chat no pertenece a esta billetera.',
    'error.KeyNotFound': 'Esta cuenta aún no tiene clave de chat.',
    'error.KeyRollback': 'El Push Node entrega una clave de chat más antigua que antes. No se envió nada.',
    'error.KeyUnattested': 'Ninguna billetera avala esta clave de chat. No se envió nada.',
    'error.NetworkTimeout': 'El Push Node tardó demasiado en responder. Reinténtalo.',
    'error.NetworkUnavailable':
      'No se puede acceder al Push Node. Comprueba tu conexión; lo que escribiste se conserva.',
    'error.NodeError': 'El Push Node respondió con un error. Reinténtalo en un momento.',
    'error.NotFound': 'No se encontró.',
    'error.NotPermitted': 'El Push Node no lo permite.',
    'error.PayloadTooLarge': 'Es demasiado grande para enviarlo. Redúcelo o comparte un enlace.',
    'error.PlaintextRefused': 'Esto no iría cifrado, así que no se envió nada.',
    'error.RateLimited': 'Demasiado a la vez. Espera un momento y reinténtalo.',
    'error.SessionLocked': 'El chat está bloqueado. Desbloquéalo con tu billetera.',
    'error.StorageQuota':
      'El almacenamiento de este navegador está lleno. Libera espacio; hasta entonces no se guarda nada nuevo.',
    'error.StorageUnavailable':
      'Este navegador no permite almacenar nada, así que nada se conserva al cerrar la página.',
    'error.StoreUnavailable':
      'El Push Node no puede guardar nada ahora. Lo que escribiste se conserva y se envía después.',
    'error.UnsupportedMessageType': 'Esta app no conoce este tipo de mensaje.',
    'error.WalletChanged': 'Tu billetera cambió de cuenta. Vuelve a la anterior o desbloquea de nuevo.',
    'error.WalletNonDeterministic':
      'Esta billetera firma distinto cada vez, así que no puede guardar una clave de chat. Usa otra.',
    'error.WalletRejected': 'Lo rechazaste en tu billetera. No se cambió nada.',
    'error.WalletTimeout': 'Tu billetera no respondió. Ábrela y reinténtalo.',
    'error.WalletUnsupported': 'Esta billetera no puede firmar lo que el chat necesita. Conecta otra.',
  },
};
