/** What is loaded together when a group is first drawn. In one piece: what it shares with others stays where those are. */
export { CreateGroupForm } from './CreateGroupForm.tsx';
export { GroupButton, GroupFacts } from './GroupFacts.tsx';
export { GroupGate } from './GroupGate.tsx';
export { GroupLine } from './GroupLine.tsx';
export { GroupPanel } from './GroupPanel.tsx';
export { GroupReading } from './GroupReading.tsx';
export { GroupSender } from './GroupSender.tsx';
export { GroupWriting } from './GroupWriting.tsx';
export { Invitation } from './Invitation.tsx';
export { Mentions } from './Mentions.tsx';
export { ReadBy } from './ReadBy.tsx';
export { ReadersPanel } from './ReadersPanel.tsx';
