export { ja } from '../../components/text/locales/ja.ts';
