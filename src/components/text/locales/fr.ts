import type { Locale } from '../locale.ts';

/** French. */
export const fr: Locale = {
  tag: 'fr',
  direction: 'ltr',
  texts: {
    'account.forget': 'Redemander à mon portefeuille la prochaine fois',
    'account.lock': 'Verrouiller',
    'account.logout': 'Se déconnecter',
    'account.logout.text':
      'Tout ce que cet appareil conserve de vos discussions est supprimé, y compris les brouillons et les messages non envoyés. Vos discussions restent sur le Push Node et votre portefeuille les rouvre.',
    'account.options': 'Options du compte',
    'account.unlocked': 'Déverrouillé sur cet appareil',

    'action.accept': 'Accepter',
    'action.block': 'Bloquer',
    'action.cancel': 'Annuler',
    'action.close': 'Fermer',
    'action.reject': 'Refuser',
    'action.tryAgain': 'Réessayer',
    'action.unblock': 'Débloquer',
    'action.undo': 'Annuler l’action',

    'attach.add': 'Joindre des fichiers',
    'attach.list': 'Fichiers à envoyer',
    'attach.preparing': 'Préparation…',
    'attach.remove': 'Retirer {name}',

    'blockList.empty': 'Vous n’avez bloqué personne.',
    'blockList.title': 'Comptes bloqués',
    'blockList.unblock': 'Débloquer {address}',

    'blocked.text': 'Aucun de vous ne peut écrire à l’autre.',
    'blocked.title': 'Vous avez bloqué {name}',

    'bubble.code': 'Code',
    'bubble.discard': 'Supprimer',
    'bubble.download': 'Télécharger',
    'bubble.edit': 'Modifier',
    'bubble.failed': 'Non envoyé',
    'bubble.fromMe': 'Vous :',
    'bubble.fromPeer': 'L’autre personne :',
    'bubble.mirrorDiffers': 'Les anciennes applications affichent un autre texte',
    'bubble.moreParts':
      '{count, plural, one {et # autre partie} many {et # d’autres parties} other {et # autres parties}}',
    'bubble.notEncrypted': 'Non chiffré',
    'bubble.pending': 'Envoi…',
    'bubble.quoted': 'Aller au message auquel celui-ci répond :',
    'bubble.quotedUnknown': 'Un message précédent',
    'bubble.read': 'Lu',
    'bubble.retry': 'Réessayer',
    'bubble.sent': 'Envoyé',
    'bubble.showAll': 'Tout afficher',
    'bubble.signed': 'Signé, mais aucun portefeuille ne garantit la clé',
    'bubble.unsafe': '{kind} · affichage impossible en toute sécurité',
    'bubble.verified': 'Vérifié',
    'bubble.waiting': 'En attente d’envoi…',

    'chats.empty.text': 'Les demandes que vous acceptez et les messages que vous envoyez apparaissent ici.',
    'chats.empty.title': 'Aucune discussion pour l’instant',
    'chats.failed': 'Impossible de charger vos discussions',
    'chats.loading': 'Chargement des discussions…',
    'chats.markRead': 'Marquer comme lu',
    'chats.more': 'Charger plus de discussions',
    'chats.title': 'Discussions',
    'chats.unread': '{count} non lus',
    'chats.draft': 'Brouillon',
    'chats.nothing': 'Rien ici ne contient « {text} ». La recherche porte sur les discussions chargées.',
    'chats.search': 'Rechercher des personnes et des messages',
    'chats.you': 'Vous : {text}',

    'check.content': 'Il a pu être ouvert',
    'check.content.encrypted': 'Chiffré de bout en bout',
    'check.content.plain': 'Non chiffré',
    'check.failed': 'échoué',
    'check.id': 'Conservé tel qu’il a été écrit',
    'check.key': 'La clé appartient au signataire',
    'check.key.mine': 'Votre propre clé de chat, garantie par votre portefeuille',
    'check.key.signed': 'La clé de chat de {name} ; aucun portefeuille ne la garantit',
    'check.key.verified': 'La clé de chat de {name}, garantie par son portefeuille',
    'check.parties': 'Écrit entre vous deux',
    'check.passed': 'réussi',
    'check.proof': 'La signature correspond',
    'check.unmade': 'non vérifié',

    'composer.label': 'Message',
    'composer.send': 'Envoyer le message',

    'connection.connecting': 'Connexion…',
    'connection.offline': 'Hors ligne',

    'copy.copied': 'Copié',
    'copy.failed': 'Copie impossible',

    'day.today': 'Aujourd’hui',
    'day.yesterday': 'Hier',

    'details.compare': 'Comparer le numéro de sécurité',
    'details.passed': 'Ce message a réussi toutes les vérifications.',
    'details.save': 'Enregistrer la preuve',
    'details.saved': 'La preuve a été enregistrée.',
    'details.signed': 'Signé',

    'done.blocked': '{name} est bloqué',
    'done.deleted': 'Message supprimé sur cet appareil',

    'emoji.faces': 'Visages',
    'emoji.food': 'Nourriture',
    'emoji.hands': 'Mains et personnes',
    'emoji.nature': 'Nature',
    'emoji.signs': 'Symboles',
    'emoji.things': 'Objets',
    'emoji.title': 'Émojis',

    'gate.keyChanged.accept': 'Écrire à la nouvelle clé',
    'gate.keyChanged.text':
      'Vous aviez comparé une autre clé. Comparez de nouveau le numéro de sécurité, ou écrivez à la nouvelle clé.',
    'gate.keyChanged.title': 'La clé de chat de {name} a changé',
    'gate.unchecked.text':
      'Elle appartient à un portefeuille de contrat ou à un NFT. Seule sa blockchain sait à qui est la clé, et cette application ne l’interroge pas : rien n’est envoyé.',
    'gate.unchecked.title': 'Sa clé de chat ne peut pas être contrôlée ici',
    'gate.unverified.text':
      'Aucun portefeuille ne la garantit, donc rien ne lui est envoyé. Cela prend fin dès que cette personne déverrouille de nouveau le chat avec son portefeuille.',
    'gate.unverified.title': 'Sa clé de chat ne peut pas être vérifiée',

    'hidden.ChainUnavailable':
      'Seule une blockchain sait quelle clé l’a signé, et cette application ne l’interroge pas.',
    'hidden.CidMismatch': 'Il a été modifié après son enregistrement.',
    'hidden.KeyNotFound': 'La clé de l’expéditeur est introuvable.',
    'hidden.KeyUnattested': 'La clé de l’expéditeur ne peut pas être vérifiée.',
    'hidden.PayloadMalformed': 'Ce n’est pas un message bien formé.',
    'hidden.ProofDowngrade': 'Sa signature est plus faible que d’habitude pour cet expéditeur.',
    'hidden.ProofMissing': 'Il ne porte aucune signature.',
    'hidden.ReceiverMismatch': 'Il a été écrit pour une autre discussion.',
    'hidden.ReplayDetected': 'C’est une copie d’un message précédent.',
    'hidden.other': 'Sa signature ne correspond pas à l’expéditeur.',
    'hidden.title': 'Message masqué',

    'inbox.back': 'Retour aux discussions',
    'inbox.choose.text': 'Ses messages s’affichent ici.',
    'inbox.choose.title': 'Choisissez une discussion',
    'inbox.label': 'Boîte de réception',
    'inbox.requests': 'Demandes',
    'inbox.title': 'Messages',
    'inbox.unread': '{count} non lus',
    'inbox.waiting': '{count} en attente',

    'key.missing': 'Pas encore chiffré',
    'key.signed': 'Clé non garantie',
    'key.unattested': 'Clé non vérifiable',
    'key.unchecked': 'Clé non contrôlable ici',
    'key.verified': 'Chiffré',

    'kind.Audio': 'Message vocal',
    'kind.File': 'Fichier',
    'kind.GIF': 'GIF',
    'kind.Image': 'Image',
    'kind.MediaEmbed': 'Lien',
    'kind.Video': 'Vidéo',

    'launcher.close': 'Fermer le chat',
    'launcher.failed': 'Le chat n’a pas pu être chargé. Vérifiez la connexion.',
    'launcher.loading': 'Chargement du chat…',

    lookalike: 'Cette adresse ressemble à celle de {name}, mais ce n’est pas la même.',

    'menu.copy': 'Copier',
    'menu.delete': 'Supprimer pour moi',
    'menu.details': 'Détails',
    'menu.label': 'Options du message',
    'menu.react': 'Réagir avec {emoji}',
    'menu.reply': 'Répondre',

    'new.invalid':
      'Ce n’est pas une adresse. Une adresse compte 42 caractères et commence par 0x ; vérifiez qu’il n’en manque aucun.',
    'new.label': 'Adresse (0x…)',
    'new.label.names': 'Adresse (0x…) ou nom',
    'new.look': 'Chercher',
    'new.open': 'Démarrer la discussion',
    'new.self': 'C’est votre propre compte.',
    'new.text': 'Collez l’adresse du portefeuille auquel vous voulez écrire.',
    'new.text.names': 'Collez l’adresse du portefeuille auquel vous voulez écrire, ou son nom.',
    'new.title': 'Nouvelle discussion',
    'new.unknown': 'Aucun compte ne porte ce nom.',

    'notice.ChainBroken.text':
      'Le Push Node fournit ces messages dans un autre ordre, ou à côté d’autres, que lors de leur écriture.',
    'notice.ChainBroken.title': 'L’historique a été réécrit ici',
    'notice.EncryptedFromHere.text': 'Le chat est configuré des deux côtés : vous seuls pouvez lire la suite.',
    'notice.EncryptedFromHere.title': 'Les messages sont chiffrés à partir d’ici',
    'notice.HistoryGap.counted':
      '{count, plural, one {# message manque ici} many {# de messages manquent ici} other {# messages manquent ici}}',
    'notice.HistoryGap.text':
      'Le Push Node a omis quelque chose entre ces messages. Faire défiler vers le haut ou recharger peut le faire revenir.',
    'notice.HistoryGap.title': 'Des messages manquent peut-être ici',
    'notice.HistoryRollback.text':
      'Il connaissait davantage de cette discussion, comme après la restauration d’une sauvegarde. Ce que possède cet appareil reste ici.',
    'notice.HistoryRollback.title': 'Les messages les plus récents manquent sur le Push Node',
    'notice.KeyChanged.text':
      'Cela arrive après une nouvelle configuration ou un nouvel appareil. Ce que vous écrivez maintenant utilise la nouvelle clé.',
    'notice.KeyChanged.title': 'Sa clé de chat a changé',

    'offline.text': 'Les nouveaux messages apparaîtront à votre retour.',
    'offline.title': 'Vous êtes hors ligne.',

    'onChain.anyAmount': 'Montant libre',
    'onChain.anyChain': 'la chaîne de votre portefeuille',
    'onChain.chain': 'Chaîne',
    'onChain.coin': 'dans la monnaie de la chaîne',
    'onChain.copyAddress': 'Copier l’adresse',
    'onChain.copyHash': 'Copier le hash de la transaction',
    'onChain.copyRequest': 'Copier la demande de paiement',
    'onChain.misspelt': 'Cette adresse contient une faute de frappe : sa somme de contrôle est fausse.',
    'onChain.request': 'Demande de paiement',
    'onChain.to': 'À',

    'peer.options': 'Options de la discussion',
    'peer.receipts.begin': 'Envoyer des accusés de lecture',
    'peer.receipts.end': 'Ne plus envoyer d’accusés de lecture',
    'peer.restore':
      '{count, plural, one {Restaurer # message supprimé} many {Restaurer # de messages supprimés} other {Restaurer # messages supprimés}}',
    'peer.unknown.text': 'Cette discussion a besoin d’une adresse (0x…), eip155:0x… ou CAIP-10.',
    'peer.unknown.title': 'Ce compte n’existe pas',

    'poll.agrees':
      'Recompté avec {count, plural, one {# vote signé} many {# de votes signés} other {# votes signés}} : identique.',
    'poll.change': 'Changer de vote',
    'poll.closed': 'Terminé',
    'poll.counting': 'Recomptage des votes signés…',
    'poll.disagrees': 'Recompté avec les votes signés : ce n’est pas ce qui a été publié.',
    'poll.failed': 'Votre vote n’a pas été envoyé. Réessayez.',
    'poll.public': 'La personne qui demande peut montrer votre vote signé à tout le monde.',
    'poll.uncounted': 'Les votes signés n’ont pas pu être comptés.',
    'poll.until': 'Ouvert jusqu’au {time}',
    'poll.vote': 'Voter',
    'poll.votes': '{count, plural, one {# vote} many {# de votes} other {# votes}}',
    'poll.yours': 'Votre vote',

    'plaintext.fact.private': 'N’écrivez rien de privé.',
    'plaintext.fact.signed': 'Il reste signé par vous : personne ne peut le modifier.',
    'plaintext.keep': 'Garder en brouillon',
    'plaintext.send': 'Envoyer sans chiffrement',
    'plaintext.text':
      '{name} n’a jamais utilisé le chat : le Push Node peut donc lire ce message. Ce que vous écrirez une fois son chat configuré sera chiffré.',
    'plaintext.title': 'Ce premier message n’est pas chiffré',

    'reaction.both': '{emoji}, de vous deux',
    'reaction.mine': '{emoji}, de vous',
    'reaction.theirs': '{emoji}, de l’autre personne',

    'reply.cancel': 'Ne pas répondre à ce message',
    'reply.me': 'Réponse à vous-même',
    'reply.peer': 'Réponse à {name}',

    'request.asks': 'Souhaite vous écrire',
    'request.linkHidden': 'lien masqué',
    'request.note': 'En acceptant, vous autorisez les notifications. D’ici là, personne ne voit si vous avez lu ceci.',
    'request.read': 'Lire la demande',
    'request.title': '{name} souhaite vous écrire',

    'requests.empty.text': 'Les personnes qui vous écrivent pour la première fois attendent ici votre réponse.',
    'requests.empty.title': 'Aucune demande',
    'requests.failed': 'Impossible de charger vos demandes',
    'requests.loading': 'Chargement des demandes…',
    'requests.more': 'Charger plus de demandes',
    'requests.rejectAll': 'Tout refuser',
    'requests.rejectAll.text':
      '{count, plural, one {# demande est refusée.} many {# de demandes sont refusées.} other {# demandes sont refusées.}} Personne n’est bloqué : une nouvelle demande reste possible.',
    'requests.rejecting':
      '{count, plural, one {# demande restante…} many {# de demandes restantes…} other {# demandes restantes…}}',
    'requests.showMore':
      '{count, plural, one {Afficher # demande de plus} many {Afficher # de demandes de plus} other {Afficher # demandes de plus}}',
    'requests.title': 'Demandes',

    'safety.compared':
      'Vous avez comparé ce numéro avec {name}. Si sa clé change, on vous le demandera avant de lui écrire.',
    'safety.none': '{name} n’a pas de clé de chat garantie par un portefeuille : il n’y a encore rien à comparer.',
    'safety.same': 'Les numéros sont identiques',
    'safety.text':
      'Comparez-le avec {name} en personne ou lors d’un appel. Si vous voyez tous deux le même numéro, personne ne se tient entre vous.',
    'safety.title': 'Numéro de sécurité',

    'search.nothing': 'Aucun résultat',

    'said.ACCEPT_INTENT': 'A accepté la demande',
    'said.JOIN_GROUP': 'A rejoint le groupe',
    'said.LEAVE_GROUP': 'A quitté le groupe',
    'said.REJECT_INTENT': 'A refusé la demande',
    'said.answered': 'A répondu',
    'said.reacted': 'A réagi avec {emoji}',
    'said.read': 'Lu',

    'support.available': 'Disponible maintenant',
    'support.away': 'Absent',
    'support.back': 'De retour {when}',
    'support.back.text': 'Écrivez maintenant : la réponse sera ici à votre retour.',
    'support.guest': 'Vous écrivez en tant qu’invité',
    'support.guest.claim': 'Associer mon portefeuille',
    'support.guest.start': 'Écrire en tant qu’invité',
    'support.guest.text':
      'Votre discussion se trouve dans ce navigateur. Associez votre portefeuille pour la retrouver sur vos autres appareils.',

    'thread.empty.hello': 'Dites bonjour à {name}.',
    'thread.empty.title': 'Aucun message pour l’instant',
    'thread.failed': 'Impossible de charger les messages',
    'thread.jump': 'Aller au message le plus récent',
    'thread.jumpNew':
      '{count, plural, one {# nouveau message} many {# de nouveaux messages} other {# nouveaux messages}}',
    'thread.label': 'Messages avec {name}',
    'thread.loading': 'Chargement des messages…',
    'thread.newCount': '{count} nouveaux',
    'thread.older': 'Charger les messages précédents',
    'thread.said': '{name} : {text}',
    'thread.unread':
      '{count, plural, one {# nouveau message} many {# de nouveaux messages} other {# nouveaux messages}}',

    'unlock.again': 'Déverrouiller de nouveau',
    'unlock.changed.title': 'Votre portefeuille a changé de compte',
    'unlock.contract.title': 'Ce portefeuille ne peut pas encore déverrouiller le chat',
    'unlock.exact': 'Voici ce qu’affiche votre portefeuille',
    'unlock.exact.text': 'S’il affiche autre chose, refusez.',
    'unlock.failed.title': 'Le chat n’a pas pu être déverrouillé',
    'unlock.generating': 'Création de votre clé de chat sur cet appareil…',
    'unlock.keep': 'Rester déverrouillé sur cet appareil',
    'unlock.keep.text':
      'La prochaine fois, vos discussions s’ouvriront sans portefeuille. Uniquement si personne d’autre n’utilise ce navigateur.',
    'unlock.lead':
      'Votre portefeuille signe pour ouvrir votre clé de chat. Aucune transaction, aucuns frais, et rien ne quitte votre portefeuille.',
    'unlock.noWallet.text': 'Connectez un portefeuille pour lire et écrire des messages.',
    'unlock.noWallet.title': 'Aucun portefeuille connecté',
    'unlock.open.text':
      'La signature verrouille la clé : seul ce portefeuille peut l’ouvrir. La première fois, elle peut vous être demandée deux fois, pour s’assurer que votre portefeuille sait la répéter.',
    'unlock.open.title': 'Ouvrez votre clé de chat',
    'unlock.publishing': 'Publication de votre clé publique…',
    'unlock.reading': 'Recherche de votre clé de chat…',
    'unlock.refused.title': 'Rien n’a été signé',
    'unlock.reopening': 'Ouverture de vos discussions…',
    'unlock.sign': 'Signez dans votre portefeuille…',
    'unlock.signAgain': 'Signature {prompt} sur {of} : la même encore une fois…',
    'unlock.signNth': 'Signature {prompt} sur {of} : signez dans votre portefeuille…',
    'unlock.silent.title': 'Votre portefeuille n’a pas répondu',
    'unlock.title': 'Déverrouiller le chat',
    'unlock.unrepeatable.title': 'Ce portefeuille signe chaque fois différemment',
    'unlock.vouch.text': 'Une autre signature permet aux autres de vérifier que la clé est la vôtre.',
    'unlock.vouch.title': 'La première fois seulement : la garantir',

    'unopened.PayloadMalformed': 'Son contenu n’est pas bien formé.',
    'unopened.UnsupportedEncType': 'Il est chiffré d’une manière que cette application ne connaît pas.',
    'unopened.UnsupportedMessageType': 'Il est d’un type que cette application ne connaît pas.',
    'unopened.other': 'Il a été écrit pour une clé que cet appareil n’a pas.',
    'unopened.title': 'Impossible à ouvrir ici',

    'voice.denied': 'Le micro n’est pas autorisé. Autorisez-le pour cette page dans les réglages du navigateur.',
    'voice.discard': 'Supprimer l’enregistrement',
    'voice.full': 'L’enregistrement a la longueur maximale d’un message.',
    'voice.none': 'Aucun micro trouvé.',
    'voice.record': 'Enregistrer un message vocal',
    'voice.recording': 'Enregistrement',
    'voice.stop': 'Arrêter et joindre',

    'wallets.disconnect': 'Déconnecter',
    'wallets.failed': '{name} n’a pas pu se connecter. Ouvrez-le, puis réessayez.',
    'wallets.none.text':
      'Installez un portefeuille pour ce navigateur, ou ouvrez cette page dans le navigateur d’un portefeuille.',
    'wallets.none.title': 'Aucun portefeuille trouvé',
    'wallets.refused': '{name} n’a pas été connecté. Choisissez-le à nouveau quand vous serez prêt.',
    'wallets.title': 'Choisissez un portefeuille',
    'wallets.waiting': 'Confirmez dans {name}…',

    'window.label': 'Chat',

    'error.Aborted': 'Cela a été interrompu avant la fin.',
    'error.AuthRequired': 'Le Push Node demande une signature. Déverrouillez de nouveau le chat.',
    'error.BlockedPeer': 'Vous avez bloqué ce compte, ou il vous a bloqué. Rien n’a été envoyé.',
    'error.ChainUnavailable': 'La blockchain n’a pas répondu. Réessayez dans un instant.',
    'error.GestureRequired': 'Votre portefeuille n’est sollicité qu’après un clic. Cliquez pour continuer.',
    'error.HeadConflict': 'Un autre appareil a écrit dans cette discussion au même moment. Réessayez.',
    'error.Internal':
      'Un problème est survenu. Réessayez ; s’il persiste, prévenez les créateurs de cette application.',
    'error.InvalidAddress': 'Ce n’est pas une adresse. Vérifiez qu’il ne manque aucun caractère.',
    'error.KeyBundleMalformed': 'La clé de chat du Push Node est endommagée. Elle n’a pas été utilisée.',
    'error.KeyChanged': 'La clé de chat de ce compte a changé. Comparez le numéro de sécurité avant d’écrire.',
    'error.KeyMismatch': 'La clé de chat n’appartient pas à ce portefeuille.',
    'error.KeyNotFound': 'Ce compte n’a pas encore de clé de chat.',
    'error.KeyRollback': 'Le Push Node fournit une clé de chat plus ancienne qu’avant. Rien n’a été envoyé.',
    'error.KeyUnattested': 'Aucun portefeuille ne garantit cette clé de chat. Rien n’a été envoyé.',
    'error.NetworkTimeout': 'Le Push Node a mis trop de temps à répondre. Réessayez.',
    'error.NetworkUnavailable':
      'Le Push Node est injoignable. Vérifiez votre connexion ; ce que vous avez écrit est conservé.',
    'error.NodeError': 'Le Push Node a répondu par une erreur. Réessayez dans un instant.',
    'error.NotFound': 'Introuvable.',
    'error.NotPermitted': 'Le Push Node ne le permet pas.',
    'error.PayloadTooLarge': 'C’est trop volumineux. Réduisez-le ou partagez un lien.',
    'error.PlaintextRefused': 'Ce ne serait pas chiffré : rien n’a été envoyé.',
    'error.RateLimited': 'Trop de choses à la fois. Attendez un instant, puis réessayez.',
    'error.SessionLocked': 'Le chat est verrouillé. Déverrouillez-le avec votre portefeuille.',
    'error.StorageQuota':
      'Le stockage de ce navigateur est plein. Libérez de l’espace ; d’ici là, rien de nouveau n’est conservé.',
    'error.StorageUnavailable':
      'Ce navigateur n’autorise aucun stockage : rien n’est conservé à la fermeture de la page.',
    'error.StoreUnavailable':
      'Le Push Node ne peut rien enregistrer pour l’instant. Ce que vous avez écrit est conservé et envoyé plus tard.',
    'error.UnsupportedMessageType': 'Cette application ne connaît pas ce type de message.',
    'error.WalletChanged': 'Votre portefeuille a changé de compte. Revenez au précédent ou déverrouillez de nouveau.',
    'error.WalletNonDeterministic':
      'Ce portefeuille signe chaque fois différemment et ne peut pas garder de clé de chat. Utilisez-en un autre.',
    'error.WalletRejected': 'Vous avez refusé dans votre portefeuille. Rien n’a changé.',
    'error.WalletTimeout': 'Votre portefeuille n’a pas répondu. Ouvrez-le et réessayez.',
    'error.WalletUnsupported': 'Ce portefeuille ne peut pas signer ce dont le chat a besoin. Connectez-en un autre.',
  },
};
