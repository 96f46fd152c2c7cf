export { tr } from '../../components/text/locales/tr.ts';
