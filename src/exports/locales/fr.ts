export { fr } from '../../components/text/locales/fr.ts';
