export { zh } from '../../components/text/locales/zh.ts';
