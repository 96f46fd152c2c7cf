export { de } from '../../components/text/locales/de.ts';
