// Phrases (lower case) by which a page that stands in for an article is known, in English, Spanish and French.

export const interstitials = {
  botWall: [
    'checking your browser', 'verify you are human', 'verifying you are human', 'are you a robot', 'i am not a robot', "i'm not a robot", 'unusual traffic from your computer', 'press & hold to confirm', 'press and hold',
    'enable javascript and cookies to continue', 'please enable js and disable any ad blocker', 'ddos protection by', 'attention required! | cloudflare', 'just a moment...', 'access to this page has been denied',
    'request unsuccessful. incapsula', 'pardon our interruption', 'complete the captcha', 'complete the security check', 'human verification', 'bot detection', 'automated access to', 'your request has been blocked', 'access denied',
    'verifica que eres humano', 'verifique que es humano', 'no soy un robot', 'comprobando su navegador', 'comprobando tu navegador', 'tráfico inusual', 'acceso denegado', 'solicitud bloqueada',
    'vérifiez que vous êtes humain', 'vérification que vous êtes humain', 'je ne suis pas un robot', 'vérification de votre navigateur', 'trafic inhabituel', 'accès refusé', 'votre requête a été bloquée',
  ],
  errorPage: [
    'page not found', '404 not found', 'error 404', "page can't be found", 'page cannot be found', 'page you requested', 'page you are looking for', 'no longer available', 'internal server error', 'service unavailable', 'bad gateway', 'something went wrong', 'site is under maintenance', 'temporarily unavailable',
    'página no encontrada', 'página que buscas', 'página que busca', 'no se encontró la página', 'error interno del servidor', 'servicio no disponible', 'sitio en mantenimiento',
    'page introuvable', "page que vous recherchez", "page n'existe pas", 'page demandée', 'erreur interne du serveur', 'service indisponible', 'site en maintenance',
  ],
  cookieBanner: [
    'cookies', 'your privacy choices', 'we value your privacy', 'we and our partners', 'our partners store', 'manage your preferences', 'legitimate interest', 'consent to', 'personal data', 'accept all', 'reject all',
    'valoramos su privacidad', 'valoramos tu privacidad', 'nosotros y nuestros socios', 'aceptar todo', 'rechazar todo', 'datos personales', 'gestionar preferencias',
    'votre vie privée', 'nous et nos partenaires', 'tout accepter', 'tout refuser', 'témoins de connexion', 'données personnelles', 'gérer vos préférences',
  ],
  paywall: [
    'subscribe to continue', 'subscribe to read', 'subscribe now to', 'to continue reading', 'continue reading this article', 'already a subscriber', 'this article is for subscribers', 'for subscribers only', 'subscriber-only', 'subscribers only', 'become a subscriber', 'unlock this article', 'sign in to read', 'log in to read', 'create a free account to', 'you have reached your limit', 'free articles remaining', 'this content is exclusive', 'start your free trial', 'register to read', 'this is premium content',
    'suscríbete para', 'suscríbase para', 'para seguir leyendo', 'para continuar leyendo', 'contenido exclusivo para suscriptores', 'exclusivo para suscriptores', 'ya eres suscriptor', 'ya es suscriptor', 'solo para suscriptores', 'inicia sesión para leer', 'hazte suscriptor',
    'abonnez-vous pour', 'pour lire la suite', 'réservé aux abonnés', 'réservé à nos abonnés', 'déjà abonné', 'article réservé', 'poursuivre la lecture', 'pour continuer votre lecture', 'connectez-vous pour lire', 'contenu exclusif aux abonnés',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
