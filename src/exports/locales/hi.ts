export { hi } from '../../components/text/locales/hi.ts';
