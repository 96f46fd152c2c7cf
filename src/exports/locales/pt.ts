export { pt } from '../../components/text/locales/pt.ts';
