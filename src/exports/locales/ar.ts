export { ar } from '../../components/text/locales/ar.ts';
