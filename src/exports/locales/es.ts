export { es } from '../../components/text/locales/es.ts';
