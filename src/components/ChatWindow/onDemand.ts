/**
 * What a window needs only when something is done in it. Together, so that it is one file more for a page to load: many
 * small ones would share much, and each of the parts that they share would be a file too.
 */
export { AttachmentStrip } from '../Composer/AttachmentStrip.tsx';
export { PlaintextConsent } from '../Composer/PlaintextConsent.tsx';
export { prepareAttachment } from '../Composer/prepareAttachment.ts';
export { openMicrophone, record, turnOff } from '../Composer/record.ts';
export { RecordingLine } from '../Composer/RecordingLine.tsx';
export { RejectAll } from '../RequestList/RejectAll.tsx';
export { DetailsPanel } from './DetailsPanel.tsx';
export { SafetyPanel } from './SafetyPanel.tsx';
export * from '../groups/groupParts.ts';
