export { ko } from '../../components/text/locales/ko.ts';
